package dev.vibecoder.inngest.processor.internal.expr;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names in a message: not more than a reader takes in. */
final class Listed {
  private static final int MAX = 12;

  private Listed() {}

  static String of(Collection<String> names) {
    String some = names.stream().limit(MAX).collect(Collectors.joining(", "));
    return names.size() > MAX ? some + " and " + (names.size() - MAX) + " more" : some;
  }
}
