/** Call requests and answers as bytes; internal. */
@NullMarked
package dev.vibecoder.inngest.internal.wire;

import org.jspecify.annotations.NullMarked;
