/** What things cost; see {@code docs/benchmarks.md}. */
@NullMarked
package dev.vibecoder.inngest.benchmarks;

import org.jspecify.annotations.NullMarked;
