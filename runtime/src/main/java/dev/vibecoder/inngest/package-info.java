/**
 * Durable functions for Inngest: the client, events, and what a function sees while it runs.
 *
 * <p>A function is declared with the annotations of {@link dev.vibecoder.inngest.annotation} or
 * built by hand with {@link dev.vibecoder.inngest.function.FunctionDefinition}. It is served by
 * {@link dev.vibecoder.inngest.server.InngestServer}, or by any HTTP server in front of {@link
 * dev.vibecoder.inngest.serve.ServeHandler}. Events are sent with {@link
 * dev.vibecoder.inngest.Inngest}.
 */
@NullMarked
package dev.vibecoder.inngest;

import org.jspecify.annotations.NullMarked;
