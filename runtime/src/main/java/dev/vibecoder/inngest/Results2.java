package dev.vibecoder.inngest;

import org.jspecify.annotations.Nullable;

/**
 * The results of two branches.
 *
 * @param first result of the first branch
 * @param second result of the second branch
 * @param <A> type of the first result
 * @param <B> type of the second result
 */
public record Results2<A extends @Nullable Object, B extends @Nullable Object>(A first, B second) {}
