package dev.vibecoder.inngest.internal.wire;

import java.io.ByteArrayOutputStream;

/** Puts what the server left out of a call, and the app has fetched, back into its body. */
public final class FetchedState {
  private static final byte[] EVENTS = {'"', 'e', 'v', 'e', 'n', 't', 's', '"', ':'};
  private static final byte[] STEPS = {'"', 's', 't', 'e', 'p', 's', '"', ':'};

  private FetchedState() {}

  /**
   * Joins a body and the state that belongs in it: what reads the result need not know that it came
   * in parts.
   *
   * @param body the call request
   * @param events the fetched events, an array
   * @param steps what is remembered of the steps, an object
   * @throws MalformedBodyException if one of the three is not what it should be
   */
  public static byte[] into(byte[] body, byte[] events, byte[] steps)
      throws MalformedBodyException {
    require(events, '[', "the events");
    require(steps, '{', "the steps");
    ByteArrayOutputStream whole =
        new ByteArrayOutputStream(body.length + events.length + steps.length + 32);
    JsonCursor cursor = new JsonCursor(body, 0, body.length);
    whole.write('{');
    cursor.beginObject();
    for (boolean first = true; cursor.nextKey(first); first = false) {
      boolean replaced = cursor.keyIs("events") || cursor.keyIs("steps");
      int start = cursor.keyPosition();
      cursor.skipValue();
      if (!replaced) {
        whole.write(body, start, cursor.position() - start);
        whole.write(',');
      }
    }
    cursor.finish();
    whole.writeBytes(EVENTS);
    whole.writeBytes(events);
    whole.write(',');
    whole.writeBytes(STEPS);
    whole.writeBytes(steps);
    whole.write('}');
    return whole.toByteArray();
  }

  private static void require(byte[] json, char first, String what) throws MalformedBodyException {
    try {
      JsonCursor cursor = new JsonCursor(json, 0, json.length);
      if (cursor.peek() != first) {
        throw new MalformedBodyException("it is another kind of value");
      }
      cursor.skipValue();
      cursor.finish();
    } catch (MalformedBodyException e) {
      throw new MalformedBodyException(
          "What the server answered for " + what + " of the run cannot be read: " + e.getMessage());
    }
  }
}
