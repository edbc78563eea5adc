package dev.vibecoder.inngest.devserver.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** HTTP as it goes over the wire: the JDK's client chooses some headers itself and checks URLs. */
final class RawHttp {
  private RawHttp() {}

  /** Sends a request with the given lines and gives the whole answer. */
  static String answer(int port, String requestLine, String body, String... headers)
      throws IOException {
    StringBuilder request = new StringBuilder(requestLine).append(" HTTP/1.1\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    request.append("Connection: close\r\nContent-Length: ").append(body.length());
    request.append("\r\n\r\n").append(body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
