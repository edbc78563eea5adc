/**
 * Serves an app in a servlet container. Needs {@code jakarta.servlet-api}, version 6, which the
 * container brings.
 */
@NullMarked
package dev.vibecoder.inngest.adapter.servlet;

import org.jspecify.annotations.NullMarked;
