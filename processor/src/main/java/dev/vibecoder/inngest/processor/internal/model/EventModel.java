package dev.vibecoder.inngest.processor.internal.model;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An event and the class that is generated for it.
 *
 * @param name the event's name
 * @param type the generated class
 * @param payload type of the payload
 * @param source the annotated class, or null for an event without one
 * @param version the payload's version, empty for none
 * @param visible whether the payload is public, so that any package may name it
 * @param external whether another jar has it: nothing is generated
 * @param deprecated whether naming the payload gives a warning
 */
public record EventModel(
    String name,
    ClassName type,
    TypeName payload,
    @Nullable ClassName source,
    String version,
    boolean visible,
    boolean external,
    boolean deprecated) {

  /** Name of its constant: {@code HELLO_WORLD_EVENT}. */
  public String constant() {
    return upperSnake(type.simpleName());
  }

  /** Whether it is a pattern, which stands for many events and has no class. */
  public boolean isPattern() {
    return name.endsWith("*");
  }

  /** Whether the server takes it from anybody but itself. */
  public boolean isSendable() {
    return !name.regionMatches(true, 0, "inngest/", 0, "inngest/".length());
  }

  static String upperSnake(String camel) {
    return camel
        .replaceAll("([\\p{Ll}\\p{Nd}])(\\p{Lu})", "$1_$2")
        .replaceAll("(\\p{Lu})(\\p{Lu}\\p{Ll})", "$1_$2")
        .toUpperCase(Locale.ROOT);
  }
}
