package dev.vibecoder.inngest.devserver.engine;

/**
 * What functions get for a step that ended.
 *
 * @param kind what the step gave
 * @param value the value itself
 */
public record Memo(Kind kind, Payload value) implements CanonicalJson.Fragment {
  private static final int WRAPPING = 12;

  /** What a step gave. */
  public enum Kind {
    /** A result, told as {@code {"data": value}}. */
    DATA,
    /** An error, told as {@code {"error": value}}. */
    ERROR,
    /** Nothing but that it is over, told as the value alone. */
    PLAIN
  }

  boolean failed() {
    return kind == Kind.ERROR;
  }

  @Override
  public void appendTo(CanonicalJson writer) {
    switch (kind) {
      case DATA -> wrapped(writer, "{\"data\":");
      case ERROR -> wrapped(writer, "{\"error\":");
      case PLAIN -> value.appendTo(writer);
    }
  }

  private void wrapped(CanonicalJson writer, String head) {
    writer.ascii(head);
    value.appendTo(writer);
    writer.one('}');
  }

  int size() {
    return value.size() + WRAPPING;
  }
}
