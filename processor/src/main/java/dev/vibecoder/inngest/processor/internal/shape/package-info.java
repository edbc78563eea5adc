/**
 * What values look like as JSON: the shape of a type as Jackson writes and reads it, with Jackson's
 * annotations and the settings of the runtime's mapper taken into account.
 */
@NullMarked
package dev.vibecoder.inngest.processor.internal.shape;

import org.jspecify.annotations.NullMarked;
