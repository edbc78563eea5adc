/** Traces calls and steps with OpenTelemetry; needs {@code opentelemetry-api}. */
@NullMarked
package dev.vibecoder.inngest.middleware.opentelemetry;

import org.jspecify.annotations.NullMarked;
