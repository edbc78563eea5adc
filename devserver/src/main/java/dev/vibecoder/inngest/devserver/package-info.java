/**
 * An embedded server that speaks Inngest's protocol, for development and tests: no Node, no Docker,
 * nothing to download. Start it with {@link dev.vibecoder.inngest.devserver.DevServer}.
 */
@NullMarked
package dev.vibecoder.inngest.devserver;

import org.jspecify.annotations.NullMarked;
