/** Keeps what runs under way rely on, and tells when a change would break them. */
@NullMarked
package dev.vibecoder.inngest.processor.internal.lock;

import org.jspecify.annotations.NullMarked;
