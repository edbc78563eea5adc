/**
 * What a function is: its definition, its steps, and the registry of all functions of an app. The
 * processor generates these; they can as well be written by hand:
 *
 * <pre>{@code
 * FunctionDefinition greet =
 *     FunctionDefinition.define("greet")
 *         .on(HelloWorldEvent.TYPE)
 *         .handle((event, step) -> step.run("greeting", String.class, () -> "Hello"));
 * }</pre>
 */
@NullMarked
package dev.vibecoder.inngest.function;

import org.jspecify.annotations.NullMarked;
