/** Where settings come from; internal. */
@NullMarked
package dev.vibecoder.inngest.internal.config;

import org.jspecify.annotations.NullMarked;
