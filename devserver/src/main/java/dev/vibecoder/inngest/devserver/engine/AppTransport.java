package dev.vibecoder.inngest.devserver.engine;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** How apps are called; by several threads at once, none of them the engine's. */
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
   * @param refused whether there is no answer because nobody listened
   */
  record Answer(
      int status,
      Map<String, String> headers,
      byte[] body,
      @Nullable String problem,
      boolean refused) {
    /**
     * An answer that came.
     *
     * @param status the HTTP status
     * @param headers the headers by lower-case name
     * @param body the body
     */
    public Answer(int status, Map<String, String> headers, byte[] body) {
      this(status, headers, body, null, false);
    }

    /**
     * No answer came, or not a whole one.
     *
     * @param problem why
     * @return an answer without status
     */
    public static Answer unreachable(String problem) {
      return new Answer(0, Map.of(), new byte[0], problem, false);
    }

    /**
     * Nobody listened: the app is not there, and was not called.
     *
     * @param problem what was tried
     * @return an answer without status
     */
    public static Answer refused(String problem) {
      return new Answer(0, Map.of(), new byte[0], problem, true);
    }
  }
}
