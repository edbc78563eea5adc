package dev.vibecoder.inngest.examples.hello;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.vibecoder.inngest.NonRetriableException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The languages that are spoken here, and how one greets in them. */
public enum Language {
  /** English. */
  ENGLISH("en", "Hello, %s! 🕉️"),
  /** Russian. */
  RUSSIAN("ru", "Привет, %s! 🕉️"),
  /** Spanish. */
  SPANISH("es", "¡Hola, %s! 🕉️"),
  /** French. */
  FRENCH("fr", "Bonjour, %s ! 🕉️");

  static final String CODES =
      Arrays.stream(values()).map(Language::code).collect(Collectors.joining(", "));

  private final String code;
  private final String greeting;

  Language(String code, String greeting) {
    this.code = code;
    this.greeting = greeting;
  }

  /**
   * Finds a language.
   *
   * @param code its ISO 639-1 code
   * @return the language
   * @throws NonRetriableException if it is not spoken here: trying again would not teach it
   */
  @JsonCreator
  public static Language of(String code) {
    return Arrays.stream(values())
        .filter(language -> language.code.equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new NonRetriableException(
                    "Nobody here speaks \"" + code + "\"; the languages are " + CODES));
  }

  /**
   * Its ISO 639-1 code, which stands for it in JSON.
   *
   * @return for example {@code en}
   */
  @JsonValue
  public String code() {
    return code;
  }

  /**
   * Greets somebody.
   *
   * @param name who is greeted
   * @return the greeting
   */
  public String greet(String name) {
    return greeting.formatted(name);
  }
}
