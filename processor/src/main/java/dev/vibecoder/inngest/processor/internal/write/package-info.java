/** Writes Java from the model. */
@NullMarked
package dev.vibecoder.inngest.processor.internal.write;

import org.jspecify.annotations.NullMarked;
