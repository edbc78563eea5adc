/**
 * The annotations that declare durable functions. The annotation processor checks them while the
 * class is compiled and generates everything the runtime needs; nothing reads them at run time.
 */
@NullMarked
package dev.vibecoder.inngest.annotation;

import org.jspecify.annotations.NullMarked;
