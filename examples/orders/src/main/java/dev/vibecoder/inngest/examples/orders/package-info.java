/** A small shop: what durable functions are used for, one function for each thing they can do. */
@NullMarked
package dev.vibecoder.inngest.examples.orders;

import org.jspecify.annotations.NullMarked;
