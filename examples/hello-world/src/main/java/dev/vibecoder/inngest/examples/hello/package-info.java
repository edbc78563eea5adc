/**
 * A complete small application: two durable functions and the program that runs them on the
 * embedded server.
 */
@NullMarked
package dev.vibecoder.inngest.examples.hello;

import org.jspecify.annotations.NullMarked;
