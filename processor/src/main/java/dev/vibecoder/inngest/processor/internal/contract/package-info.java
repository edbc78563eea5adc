/** What a module promises to others, as files that other tools read. */
@NullMarked
package dev.vibecoder.inngest.processor.internal.contract;

import org.jspecify.annotations.NullMarked;
