package dev.vibecoder.inngest.internal.json;

import java.io.IOException;

/** A number that would arrive changed, because every number crosses the server as a double. */
final class InexactNumberException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String path;

  InexactNumberException(String number, String path) {
    super(number);
    this.path = path;
  }

  String describe(String what) {
    return "Cannot write "
        + what
        + ": the number "
        + getMessage()
        + (path.isEmpty() ? "" : " at " + path)
        + " would arrive changed, because numbers cross the server as IEEE doubles. Write it as"
        + " text: @JsonFormat(shape = JsonFormat.Shape.STRING).";
  }
}
