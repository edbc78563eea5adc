/** Runs functions call by call; internal. */
@NullMarked
package dev.vibecoder.inngest.internal.execution;

import org.jspecify.annotations.NullMarked;
