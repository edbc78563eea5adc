package dev.vibecoder.inngest.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A server that accepts every event: a process of its own, and so bare that it is never what is
 * measured. It prints its port, and ends when its standard input does.
 */
public final class EventStub {
  private static final byte[] NAME = "{\"name\":".getBytes(StandardCharsets.US_ASCII);
  private static final String ID = "\"01M84MPX1DG6WB37TPBAZ8N557\"";

  private EventStub() {}

  /**
   * Serves until standard input ends.
   *
   * @param arguments none
   * @throws IOException if no port can be listened on
   */
  public static void main(String[] arguments) throws IOException {
    ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    System.out.println(server.getLocalPort());
    Thread accepting = new Thread(() -> accept(server), "accept");
    accepting.setDaemon(true);
    accepting.start();
    System.in.transferTo(OutputStream.nullOutputStream());
  }

  private static void accept(ServerSocket server) {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread serving = new Thread(() -> serve(socket), "serve");
        serving.setDaemon(true);
        serving.start();
      }
    } catch (IOException ended) {
      // The process ends.
    }
  }

  private static void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      OutputStream out = socket.getOutputStream();
      StringBuilder line = new StringBuilder();
      int length = 0;
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b != '\n') {
          line.append((char) b);
          continue;
        }
        String header = line.toString().trim();
        line.setLength(0);
        if (header.isEmpty()) {
          out.write(reply(events(in.readNBytes(length))));
          length = 0;
        } else if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
          length = Integer.parseInt(header.substring(15).trim());
        }
      }
    } catch (IOException ended) {
      // The client has gone.
    }
  }

  private static int events(byte[] body) {
    int events = 0;
    for (int i = 0; i <= body.length - NAME.length; i++) {
      int j = 0;
      while (j < NAME.length && body[i + j] == NAME[j]) {
        j++;
      }
      events += j == NAME.length ? 1 : 0;
    }
    return events;
  }

  private static byte[] reply(int events) {
    StringBuilder body = new StringBuilder("{\"ids\":[");
    for (int i = 0; i < events; i++) {
      body.append(i == 0 ? "" : ",").append(ID);
    }
    body.append("],\"status\":200}\n");
    return ("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
