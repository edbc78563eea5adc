package dev.vibecoder.inngest;

import org.jspecify.annotations.Nullable;

/**
 * The results of five branches.
 *
 * @param first result of the first branch
 * @param second result of the second branch
 * @param third result of the third branch
 * @param fourth result of the fourth branch
 * @param fifth result of the fifth branch
 * @param <A> type of the first result
 * @param <B> type of the second result
 * @param <C> type of the third result
 * @param <D> type of the fourth result
 * @param <E> type of the fifth result
 */
public record Results5<
    A extends @Nullable Object,
    B extends @Nullable Object,
    C extends @Nullable Object,
    D extends @Nullable Object,
    E extends @Nullable Object>(
    A first, B second, C third, D fourth, E fifth) {}
