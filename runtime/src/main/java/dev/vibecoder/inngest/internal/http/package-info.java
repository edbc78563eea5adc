/** The server's API as this library calls it; internal. */
@NullMarked
package dev.vibecoder.inngest.internal.http;

import org.jspecify.annotations.NullMarked;
