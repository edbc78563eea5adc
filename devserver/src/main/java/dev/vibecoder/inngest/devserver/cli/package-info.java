/** The dev server as a program. */
@NullMarked
package dev.vibecoder.inngest.devserver.cli;

import org.jspecify.annotations.NullMarked;
