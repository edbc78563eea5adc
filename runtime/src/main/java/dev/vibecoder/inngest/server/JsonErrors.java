package dev.vibecoder.inngest.server;

import dev.vibecoder.inngest.internal.json.Json;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what the HTTP server itself refuses: as JSON, and with nothing but the status. */
final class JsonErrors extends ErrorHandler {
  static final String CONTENT_TYPE = "application/json";

  static byte[] body(String message) {
    return Json.encode(Map.of("message", message));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, CONTENT_TYPE);
    response.write(
        true, ByteBuffer.wrap(body(HttpStatus.getMessage(response.getStatus()))), callback);
    return true;
  }
}
