package dev.vibecoder.inngest.devserver.engine;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** How apps are called. */
public interface AppTransport {
  /**
   * Calls an app.
   *
   * @param call what to send
   * @return completes with the answer; never fails, see {@link Answer#problem()}
   */
  CompletableFuture<Answer> call(Call call);

  /**
   * A request to an app.
   *
   * @param url where to, with its query
   * @param headers the headers
   * @param body the JSON body
   */
  record Call(URI url, Map<String, String> headers, byte[] body) {}

  /**
   * What came back.
   *
   * @param status the HTTP status, 0 if there was none
   * @param headers the headers by lower-case name
   * @param body the body
   * @param problem why there is no answer, or null
   */
  record Answer(int status, Map<String, String> headers, byte[] body, @Nullable String problem) {
    /**
     * No answer came.
     *
     * @param problem why
     * @return an answer without status
     */
    public static Answer unreachable(String problem) {
      return new Answer(0, Map.of(), new byte[0], problem);
    }
  }
}
