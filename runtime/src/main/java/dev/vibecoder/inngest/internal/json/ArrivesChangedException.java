package dev.vibecoder.inngest.internal.json;

import java.io.IOException;

/** A value that would arrive changed, because what is between two apps cannot carry it. */
final class ArrivesChangedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String why;

  private ArrivesChangedException(String value, String path, String why) {
    super(value);
    this.path = path;
    this.why = why;
  }

  /** A number: every one crosses the server as a double. */
  static ArrivesChangedException number(String number, String path) {
    return new ArrivesChangedException(
        "the number " + number,
        path,
        "numbers cross the server as IEEE doubles. Write it as text: @JsonFormat(shape ="
            + " JsonFormat.Shape.STRING).");
  }

  /** A text or name with half of a surrogate pair, which UTF-8 does not have. */
  static ArrivesChangedException text(String kind, String text, String path) {
    return new ArrivesChangedException(kind, path, UnicodeText.problem(text));
  }

  String describe(String what) {
    return "Cannot write "
        + what
        + ": "
        + getMessage()
        + (path.isEmpty() ? "" : " at " + path)
        + " would arrive changed, because "
        + why;
  }
}
