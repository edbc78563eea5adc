/** Reads annotated elements; the only place that knows the shape of the annotations. */
@NullMarked
package dev.vibecoder.inngest.processor.internal.scan;

import org.jspecify.annotations.NullMarked;
