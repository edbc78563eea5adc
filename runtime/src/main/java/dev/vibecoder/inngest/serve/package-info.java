/**
 * Serves the functions of an app: pure functions from a request to an answer, for any HTTP server.
 *
 * <p>{@link dev.vibecoder.inngest.serve.ServeHandler} knows nothing of sockets. The ready server is
 * {@link dev.vibecoder.inngest.server.InngestServer}.
 */
@NullMarked
package dev.vibecoder.inngest.serve;

import org.jspecify.annotations.NullMarked;
