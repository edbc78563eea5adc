/**
 * What handlers and steps do, as far as the compiler's trees tell. Everything here is silent where
 * the compiler is not javac.
 */
@NullMarked
package dev.vibecoder.inngest.processor.internal.lint;

import org.jspecify.annotations.NullMarked;
