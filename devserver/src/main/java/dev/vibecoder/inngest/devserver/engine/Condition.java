package dev.vibecoder.inngest.devserver.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition of a trigger. Understood are comparisons of a path with a text, joined by {@code &&}:
 * what failure handlers are registered with.
 */
final class Condition {
  private static final Pattern COMPARISON =
      Pattern.compile(
          "\\s*event((?:\\.[A-Za-z_]\\w*)+)\\s*==\\s*(?:'([^'\\\\]*)'|\"([^\"\\\\]*)\")\\s*");

  private final List<Comparison> comparisons;

  private Condition(List<Comparison> comparisons) {
    this.comparisons = comparisons;
  }

  private record Comparison(List<String> path, String text) {}

  /** Reads an expression; empty if it is not understood. */
  static Optional<Condition> parse(String expression) {
    List<Comparison> comparisons = new ArrayList<>();
    for (String part : expression.split("&&", -1)) {
      Matcher matcher = COMPARISON.matcher(part);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      String text = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
      comparisons.add(
          new Comparison(List.of(matcher.group(1).substring(1).split("\\.", -1)), text));
    }
    return Optional.of(new Condition(comparisons));
  }

  boolean holds(AcceptedEvent event) {
    return comparisons.stream()
        .allMatch(
            comparison -> event.text(comparison.path()).equals(Optional.of(comparison.text())));
  }
}
