/** Load drivers: servers under load, what plays the Inngest server, and what is measured of it. */
@NullMarked
package dev.vibecoder.inngest.benchmarks.load;

import org.jspecify.annotations.NullMarked;
