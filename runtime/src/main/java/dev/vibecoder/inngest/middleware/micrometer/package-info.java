/** Measures calls, steps and events with Micrometer; needs {@code micrometer-core}. */
@NullMarked
package dev.vibecoder.inngest.middleware.micrometer;

import org.jspecify.annotations.NullMarked;
