package dev.vibecoder.inngest.processor.internal.validate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Ids and names, and what is wrong with them. Step ids can never change: runs are under way in
 * them.
 */
public final class Ids {
  private static final Pattern FUNCTION_ID = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");
  private static final int MAX_FUNCTION_ID = 64;
  private static final int MAX_EVENT_NAME = 255;
  private static final int MAX_STEP_ID = 1_024;
  private static final Pattern WORD_END = Pattern.compile("([\\p{Ll}\\p{Nd}])(\\p{Lu})");
  private static final Pattern ACRONYM_END = Pattern.compile("(\\p{Lu})(\\p{Lu}\\p{Ll})");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{Nd}]+");

  private Ids() {}

  static boolean isFunctionId(String id) {
    return id.length() <= MAX_FUNCTION_ID && FUNCTION_ID.matcher(id).matches();
  }

  /** What is wrong with an event's name, a full sentence. */
  static Optional<String> eventNameProblem(String name) {
    if (name.isBlank()) {
      return Optional.of("The event's name is empty.");
    }
    if (name.length() > MAX_EVENT_NAME) {
      return Optional.of(
          "The event's name has "
              + name.length()
              + " characters; the server takes "
              + MAX_EVENT_NAME
              + ".");
    }
    if (name.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
      return Optional.of("The event's name \"" + name + "\" contains white space.");
    }
    return Optional.empty();
  }

  /** Whether only the server may send an event. */
  static boolean isReserved(String name) {
    return name.regionMatches(true, 0, "inngest/", 0, "inngest/".length());
  }

  /** What is wrong with a step's explicit id, a full sentence. */
  static Optional<String> stepIdProblem(String id) {
    if (id.isBlank() || id.length() > MAX_STEP_ID) {
      return Optional.of("The step id is empty or longer than " + MAX_STEP_ID + " characters.");
    }
    return id.chars()
        .filter(c -> "[]:>".indexOf(c) >= 0 || Character.isISOControl(c))
        .mapToObj(
            c ->
                Character.isISOControl(c)
                    ? "The step id contains a control character."
                    : "The step id \"" + id + "\" contains '" + (char) c + "'.")
        .findFirst();
  }

  /** The id of a step whose method has a given name: {@code parseURL2Json} is parse-url2-json. */
  public static String kebab(String method) {
    String spaced = ACRONYM_END.matcher(method).replaceAll("$1-$2");
    spaced = WORD_END.matcher(spaced).replaceAll("$1-$2");
    String joined = NO_WORD.matcher(spaced).replaceAll("-");
    return joined.replaceAll("^-|-$", "").toLowerCase(Locale.ROOT);
  }

  /** Simple name of the class of an event: {@code demo/hello.world} is HelloWorldEvent. */
  public static String eventClass(String name) {
    String local = name.substring(name.indexOf('/') + 1);
    StringBuilder type = new StringBuilder();
    for (String word : NO_WORD.splitAsStream(local.isEmpty() ? name : local).toList()) {
      if (!word.isEmpty()) {
        type.appendCodePoint(Character.toUpperCase(word.codePointAt(0)))
            .append(word.substring(Character.charCount(word.codePointAt(0))));
      }
    }
    String full = type.append("Event").toString();
    return Character.isJavaIdentifierStart(full.codePointAt(0)) ? full : "_" + full;
  }

  /** The identity of a step on the wire. */
  public static String hash(String id) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(id.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
  }
}
