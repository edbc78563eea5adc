package dev.vibecoder.inngest.processor.internal.expr;

import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.lang.model.element.TypeElement;

/** Jackson's strategies of making a name of JSON out of a Java name. */
final class Naming {
  private Naming() {}

  /** What a class's strategy does; empty if it is one that is not known. */
  static Optional<UnaryOperator<String>> of(TypeElement type) {
    Optional<TypeElement> strategy =
        Jackson.inherited(type, "JsonNaming").flatMap(naming -> naming.type("value"));
    if (strategy.isEmpty()) {
      return Optional.of(UnaryOperator.identity());
    }
    return switch (strategy.get().getSimpleName().toString()) {
      case "SnakeCaseStrategy" -> Optional.of(name -> snake(name));
      case "UpperSnakeCaseStrategy" -> Optional.of(name -> snake(name).toUpperCase(Locale.ROOT));
      case "KebabCaseStrategy" -> Optional.of(name -> separated(name, '-'));
      case "LowerDotCaseStrategy" -> Optional.of(name -> separated(name, '.'));
      case "LowerCaseStrategy" -> Optional.of(name -> name.toLowerCase(Locale.ROOT));
      case "LowerCamelCaseStrategy" -> Optional.of(UnaryOperator.identity());
      case "UpperCamelCaseStrategy" ->
          Optional.of(
              name ->
                  name.isEmpty()
                      ? name
                      : Character.toUpperCase(name.charAt(0)) + name.substring(1));
      default -> Optional.empty();
    };
  }

  /** Acronyms run into the next word, and an underscore at the beginning goes. */
  private static String snake(String name) {
    StringBuilder result = new StringBuilder();
    boolean wasUpper = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (i == 0 && c == '_') {
        continue;
      }
      boolean upper = Character.isUpperCase(c);
      if (upper && !wasUpper && !result.isEmpty() && result.charAt(result.length() - 1) != '_') {
        result.append('_');
      }
      wasUpper = upper;
      result.append(Character.toLowerCase(c));
    }
    return result.isEmpty() ? name : result.toString();
  }

  /** Acronyms are words. */
  private static String separated(String name, char separator) {
    StringBuilder result = new StringBuilder();
    int uppers = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      char lower = Character.toLowerCase(c);
      if (lower == c) {
        if (uppers > 1) {
          result.insert(result.length() - 1, separator);
        }
        uppers = 0;
      } else {
        if (uppers == 0 && i > 0) {
          result.append(separator);
        }
        uppers++;
      }
      result.append(lower);
    }
    return result.toString();
  }

  /** The name that Jackson makes of a getter's: {@code getURLPath} is urlpath. */
  static String ofGetter(String getter, int prefix) {
    StringBuilder name = new StringBuilder(getter.substring(prefix));
    for (int i = 0; i < name.length(); i++) {
      char lower = Character.toLowerCase(name.charAt(i));
      if (lower == name.charAt(i)) {
        break;
      }
      name.setCharAt(i, lower);
    }
    return name.toString();
  }
}
