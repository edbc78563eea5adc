/** What is generated, as immutable values. */
@NullMarked
package dev.vibecoder.inngest.processor.internal.model;

import org.jspecify.annotations.NullMarked;
