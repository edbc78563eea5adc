/** What code says of events and steps, as its source tells it and as its class file does. */
@NullMarked
package dev.vibecoder.inngest.processor.internal.body;

import org.jspecify.annotations.NullMarked;
