/**
 * The annotation processor. Its way through a compilation:
 *
 * <ol>
 *   <li>{@code scan} reads the annotated classes through their mirrors,
 *   <li>{@code validate} collects everything that is wrong with them,
 *   <li>{@code model} is what remains, as immutable values,
 *   <li>{@code write} turns the model into Java. A class with errors is written as well, with the
 *       same signatures, so that one mistake gives one error.
 * </ol>
 */
@NullMarked
package dev.vibecoder.inngest.processor;

import org.jspecify.annotations.NullMarked;
