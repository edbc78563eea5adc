/**
 * Targets for the fuzzer. As tests they run the inputs that are kept beside them; the profile
 * {@code full} fuzzes each for some seconds ({@code fuzz.seconds}).
 */
@NullMarked
package dev.vibecoder.inngest.fuzz;

import org.jspecify.annotations.NullMarked;
