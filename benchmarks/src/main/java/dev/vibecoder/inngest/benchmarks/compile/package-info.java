/** What processors cost the compiler: whole runs of javac over modules of annotated classes. */
@NullMarked
package dev.vibecoder.inngest.benchmarks.compile;

import org.jspecify.annotations.NullMarked;
