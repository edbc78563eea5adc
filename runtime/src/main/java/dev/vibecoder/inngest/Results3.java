package dev.vibecoder.inngest;

import org.jspecify.annotations.Nullable;

/**
 * The results of three branches.
 *
 * @param first result of the first branch
 * @param second result of the second branch
 * @param third result of the third branch
 * @param <A> type of the first result
 * @param <B> type of the second result
 * @param <C> type of the third result
 */
public record Results3<
    A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>(
    A first, B second, C third) {}
