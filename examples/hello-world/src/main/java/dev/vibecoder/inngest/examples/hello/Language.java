package dev.vibecoder.inngest.examples.hello;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The languages that are spoken here, and how one greets in them. */
public enum Language {
  /** English. */
  @JsonProperty("en")
  ENGLISH("Hello, %s! 🕉️"),
  /** Russian. */
  @JsonProperty("ru")
  RUSSIAN("Привет, %s! 🕉️"),
  /** Spanish. */
  @JsonProperty("es")
  SPANISH("¡Hola, %s! 🕉️"),
  /** French. */
  @JsonProperty("fr")
  FRENCH("Bonjour, %s ! 🕉️");

  private final String greeting;

  Language(String greeting) {
    this.greeting = greeting;
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
