/** What is told to the user, and where. */
@NullMarked
package dev.vibecoder.inngest.processor.internal.diag;

import org.jspecify.annotations.NullMarked;
