package dev.vibecoder.inngest.processor.internal.shape;

import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** How Jackson names properties. */
final class Naming {
  private Naming() {}

  /** A strategy by the simple name of its class; empty for one of the user's. */
  static Optional<UnaryOperator<String>> strategy(String simpleName) {
    return switch (simpleName) {
      case "SnakeCaseStrategy" -> Optional.of(Naming::snake);
      case "UpperSnakeCaseStrategy" -> Optional.of(name -> snake(name).toUpperCase(Locale.ROOT));
      case "KebabCaseStrategy" -> Optional.of(name -> separated(name, '-'));
      case "LowerDotCaseStrategy" -> Optional.of(name -> separated(name, '.'));
      case "LowerCaseStrategy" -> Optional.of(name -> name.toLowerCase(Locale.ROOT));
      case "UpperCamelCaseStrategy" -> Optional.of(Naming::upperCamel);
      case "LowerCamelCaseStrategy", "PropertyNamingStrategy" ->
          Optional.of(UnaryOperator.identity());
      default -> Optional.empty();
    };
  }

  /** {@code getURLName} names urlname: all capitals at the start are lowered. */
  static String property(String accessor, int prefix) {
    StringBuilder name = new StringBuilder(accessor.substring(prefix));
    for (int i = 0; i < name.length(); i++) {
      char lower = Character.toLowerCase(name.charAt(i));
      if (lower == name.charAt(i)) {
        break;
      }
      name.setCharAt(i, lower);
    }
    return name.toString();
  }

  private static String upperCamel(String name) {
    return name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static String snake(String name) {
    StringBuilder result = new StringBuilder();
    boolean upperBefore = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (i > 0 || c != '_') {
        if (Character.isUpperCase(c)) {
          if (!upperBefore && !result.isEmpty() && result.charAt(result.length() - 1) != '_') {
            result.append('_');
          }
          c = Character.toLowerCase(c);
          upperBefore = true;
        } else {
          upperBefore = false;
        }
        result.append(c);
      }
    }
    return result.isEmpty() ? name : result.toString();
  }

  /** As Jackson does: of several capitals, the last begins the next word. */
  private static String separated(String name, char separator) {
    StringBuilder result = new StringBuilder();
    int upper = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      char lower = Character.toLowerCase(c);
      if (lower == c) {
        if (upper > 1) {
          result.insert(result.length() - 1, separator);
        }
        upper = 0;
      } else {
        if (upper == 0 && i > 0) {
          result.append(separator);
        }
        upper++;
      }
      result.append(lower);
    }
    return result.toString();
  }
}
