/** The rules: what is wrong with what was read. */
@NullMarked
package dev.vibecoder.inngest.processor.internal.validate;

import org.jspecify.annotations.NullMarked;
