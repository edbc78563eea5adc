/** Options and state of one compilation. */
@NullMarked
package dev.vibecoder.inngest.processor.internal.env;

import org.jspecify.annotations.NullMarked;
