/** Encrypts the data of steps and events end to end; the built-in strategy needs Bouncy Castle. */
@NullMarked
package dev.vibecoder.inngest.middleware.encryption;

import org.jspecify.annotations.NullMarked;
