/** JSON as this library writes and reads it; internal. */
@NullMarked
package dev.vibecoder.inngest.internal.json;

import org.jspecify.annotations.NullMarked;
