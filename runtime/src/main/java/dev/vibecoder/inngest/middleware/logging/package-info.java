/** Puts what is known of a call into SLF4J's diagnostic context. */
@NullMarked
package dev.vibecoder.inngest.middleware.logging;

import org.jspecify.annotations.NullMarked;
