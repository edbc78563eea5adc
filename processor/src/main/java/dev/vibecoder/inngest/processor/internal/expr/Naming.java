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
      case "SnakeCaseStrategy" -> Optional.of(name -> separated(name, '_'));
      case "UpperSnakeCaseStrategy" ->
          Optional.of(name -> separated(name, '_').toUpperCase(Locale.ROOT));
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

  /** Words in lower case, as Jackson divides them: {@code orderURLPart} is order_urlpart. */
  private static String separated(String name, char separator) {
    StringBuilder result = new StringBuilder();
    boolean wasSeparator = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean upper = Character.isUpperCase(c);
      boolean before = i > 0 && Character.isUpperCase(name.charAt(i - 1));
      if (upper && !before && !wasSeparator) {
        result.append(separator);
      }
      result.append(Character.toLowerCase(c));
      wasSeparator = c == separator || (c == '_' && separator == '_');
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
