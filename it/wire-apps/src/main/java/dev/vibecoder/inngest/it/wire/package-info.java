/** Apps of hand-written functions that recordings and wire suites are replayed to. */
@NullMarked
package dev.vibecoder.inngest.it.wire;

import org.jspecify.annotations.NullMarked;
