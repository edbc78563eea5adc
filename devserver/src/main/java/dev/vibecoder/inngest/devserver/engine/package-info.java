/**
 * The engine: one thread owns all state. Commands come in, facts are recorded, and only then
 * effects (calls of apps, messages to watchers, replies) are started; what they bring comes back as
 * commands.
 *
 * <p>State is changed by applying facts and by nothing else, so a history of facts is the state.
 * All time is read from one {@link dev.vibecoder.inngest.devserver.engine.EngineClock}. Nothing
 * here knows of HTTP.
 */
@NullMarked
package dev.vibecoder.inngest.devserver.engine;

import org.jspecify.annotations.NullMarked;
