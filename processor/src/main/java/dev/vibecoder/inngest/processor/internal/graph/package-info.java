/** Which function sends, awaits and handles which event, over all jars of the class path. */
@NullMarked
package dev.vibecoder.inngest.processor.internal.graph;

import org.jspecify.annotations.NullMarked;
