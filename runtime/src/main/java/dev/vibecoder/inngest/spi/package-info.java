/**
 * What other libraries and generated code implement for the runtime: providers of functions and
 * look-up of what functions need.
 */
@NullMarked
package dev.vibecoder.inngest.spi;

import org.jspecify.annotations.NullMarked;
