/** Runs the hooks of middleware. */
@NullMarked
package dev.vibecoder.inngest.internal.middleware;

import org.jspecify.annotations.NullMarked;
