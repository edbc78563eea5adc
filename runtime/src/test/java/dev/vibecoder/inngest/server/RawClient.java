package dev.vibecoder.inngest.server;

import dev.vibecoder.inngest.support.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that sends whatever it is told over one connection. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

  /** What came back. */
  record Reply(int status, String head, String body) {
    String message() {
      return Trees.parse(body).path("message").asText();
    }
  }

  private final Socket socket;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** One request over a connection of its own. */
  static Reply ask(int port, String text) throws IOException {
    try (RawClient client = new RawClient(port)) {
      return client.send(text).reply();
    }
  }

  static Reply ask(int port, String method, String target, String body) throws IOException {
    return ask(port, request(method, target, body));
  }

  static String request(String method, String target, String body) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return this;
  }

  /** Reads until a text has come, and gives all that came up to its end. */
  String readUntil(String text) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      int b = socket.getInputStream().read();
      if (b < 0) {
        throw new IOException("The connection ended after: " + read);
      }
      read.append((char) b);
    }
    return read.toString();
  }

  Reply reply() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("The connection ended after: " + head);
      }
      head.append((char) b);
    }
    Matcher length = LENGTH.matcher(head);
    String body =
        length.find()
            ? new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
            : "";
    return new Reply(Integer.parseInt(head.substring(9, 12)), head.toString(), body);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
