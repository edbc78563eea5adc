package dev.vibecoder.inngest.internal.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trace that the server names in a call (W3C Trace Context). It is passed on with the events
 * that are sent within the call: the server shows the runs that they start beneath this one.
 *
 * @param parent the header {@code traceparent} as it came
 * @param state the header {@code tracestate} as it came, empty for none
 */
public record TraceHeaders(String parent, String state) {
  private static final String PARENT = "traceparent";
  private static final String STATE = "tracestate";
  private static final int MAX_LENGTH = 8 * 1024;

  /** The trace of a request, or null if it names none; header names in any case. */
  public static @Nullable TraceHeaders of(Map<String, String> anyCase) {
    String parent = anyCase.get(PARENT);
    return parent == null ? null : new TraceHeaders(parent, anyCase.getOrDefault(STATE, ""));
  }

  /** Adds the headers to those of another request; none that is no text of a header. */
  public void addTo(Map<String, String> headers) {
    if (!isHeader(parent)) {
      return;
    }
    headers.put(PARENT, parent);
    if (isHeader(state)) {
      headers.put(STATE, state);
    }
  }

  private static boolean isHeader(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && text.chars().allMatch(character -> character >= ' ' && character < 0x7f);
  }
}
