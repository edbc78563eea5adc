/** Durations, schedules and zones, as the server reads them. */
@NullMarked
package dev.vibecoder.inngest.processor.internal.time;

import org.jspecify.annotations.NullMarked;
