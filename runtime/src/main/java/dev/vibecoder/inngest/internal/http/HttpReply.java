package dev.vibecoder.inngest.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.vibecoder.inngest.internal.json.Json;
import java.io.IOException;
import org.eclipse.jetty.http.HttpFields;

/**
 * What a server answered.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body all of the body
 */
record HttpReply(int status, HttpFields headers, byte[] body) {
  boolean succeeded() {
    return status / 100 == 2;
  }

  /** The body as JSON; a missing node if it is none. */
  JsonNode json() {
    try {
      return Json.tree(body, 0, body.length);
    } catch (IOException notJson) {
      return MissingNode.getInstance();
    }
  }
}
