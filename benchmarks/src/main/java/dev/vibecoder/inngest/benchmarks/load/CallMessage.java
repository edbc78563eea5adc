package dev.vibecoder.inngest.benchmarks.load;

import dev.vibecoder.inngest.protocol.RequestSignature;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A call as the Inngest server puts it on the wire, but for the connection, which is kept. */
final class CallMessage {
  private CallMessage() {}

  static byte[] of(int port, String function, byte[] body, boolean signed) {
    StringBuilder head = new StringBuilder();
    head.append("POST /api/inngest?fnId=load-")
        .append(function)
        .append("&stepId=step HTTP/1.1\r\n");
    head.append("Host: localhost:").append(port).append("\r\n");
    head.append("User-Agent: Inngest\r\nContent-Type: application/json\r\n");
    head.append("Accept-Encoding: gzip\r\nX-Run-ID: 01M84MPWRVY58RVZDR0H3DZ9R5\r\n");
    head.append("x-request-id: 01M84MPWWEQ7TMZB56P2T856T8\r\nx-inngest-job-id: 3ctmtm6086ndu\r\n");
    head.append("x-inngest-generation-id: 1\r\nx-inngest-req-version: 2\r\n");
    head.append("X-Inngest-Step-ID: step\r\n");
    if (signed) {
      head.append("X-Inngest-Signature: ");
      head.append(RequestSignature.sign(body, Signing.KEY, Instant.now())).append("\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
    message.writeBytes(body);
    return message.toByteArray();
  }
}
