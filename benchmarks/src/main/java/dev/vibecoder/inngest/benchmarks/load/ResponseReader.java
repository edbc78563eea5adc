package dev.vibecoder.inngest.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Finds the end of an HTTP response in what has arrived of it. Not safe for use by threads. */
final class ResponseReader {
  private byte[] bytes = new byte[16 * 1024];
  private int length;
  private int headEnd = -1;
  private int contentLength;

  /** Takes in what a channel has read; whether the response is there in full. */
  boolean take(ByteBuffer buffer) {
    int more = buffer.remaining();
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
    buffer.get(bytes, length, more);
    length += more;
    if (headEnd < 0 && !head()) {
      return false;
    }
    return contentLength >= 0 ? length >= headEnd + contentLength : endsWith("0\r\n\r\n");
  }

  int status() {
    return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + (bytes[11] - '0');
  }

  /** All of it, for error messages. */
  String text() {
    return new String(bytes, 0, Math.min(length, 2_000), StandardCharsets.UTF_8);
  }

  void reset() {
    length = 0;
    headEnd = -1;
  }

  private boolean head() {
    for (int i = 3; i < length; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
        headEnd = i + 1;
        contentLength = contentLength();
        return true;
      }
    }
    return false;
  }

  /** The announced length, or -1 for chunks. */
  private int contentLength() {
    String head = new String(bytes, 0, headEnd, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    int at = head.indexOf("\r\ncontent-length:");
    if (at < 0) {
      return head.contains("\r\ntransfer-encoding:") ? -1 : 0;
    }
    int from = at + "\r\ncontent-length:".length();
    return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).trim());
  }

  private boolean endsWith(String end) {
    for (int i = 0; i < end.length(); i++) {
      if (length < end.length() || bytes[length - end.length() + i] != end.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
