package dev.vibecoder.inngest.internal.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;

/** Reads a reply into memory, up to a limit: what answers may be anything. */
final class ReplyListener implements Response.Listener {
  private static final int FIRST_BYTES = 256;

  private final int maxBytes;
  private final CompletableFuture<HttpReply> reply;
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);

  ReplyListener(int maxBytes, CompletableFuture<HttpReply> reply) {
    this.maxBytes = maxBytes;
    this.reply = reply;
  }

  @Override
  public void onHeaders(Response response) {
    long length = response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    if (length > maxBytes) {
      refuse(response);
    } else {
      bytes = new ByteArrayOutputStream(length > 0 ? (int) length : FIRST_BYTES);
    }
  }

  @Override
  public void onContent(Response response, ByteBuffer part) {
    if (part.remaining() > maxBytes - bytes.size()) {
      refuse(response);
      return;
    }
    byte[] copy = new byte[part.remaining()];
    part.get(copy);
    bytes.writeBytes(copy);
  }

  private void refuse(Response response) {
    var unused = response.abort(new ReplyTooLargeException(maxBytes));
  }

  @Override
  public void onComplete(Result result) {
    if (result.isFailed()) {
      reply.completeExceptionally(TransportException.of(result.getFailure()));
    } else {
      Response response = result.getResponse();
      reply.complete(
          new HttpReply(response.getStatus(), response.getHeaders(), bytes.toByteArray()));
    }
  }
}
