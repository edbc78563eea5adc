package dev.vibecoder.inngest.processor.internal.expr;

import java.util.List;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Makes payloads of the types that Jackson writes. One for a round: types do not outlive it. */
public final class Payloads {
  public Payloads(Elements elements, Types types) {}

  /**
   * An event whose data has a type. A type that does not exist (yet) can hold anything.
   *
   * @param name the event's name or pattern
   */
  public Payload event(String name, TypeMirror data) {
    return new Payload(List.of(name));
  }

  /** An event whose data can be anything: no payload class is known, or it is a pattern. */
  public static Payload untyped(String name) {
    return new Payload(List.of(name));
  }

  /** What a schedule starts a run with. */
  public static Payload cron() {
    return new Payload(List.of("inngest/scheduled.timer"));
  }

  /**
   * One of several events: that of a function with several triggers. A field that one of them has
   * is known (it is null in the others).
   *
   * @param payloads at least one
   */
  public static Payload anyOf(List<Payload> payloads) {
    return payloads.get(0);
  }
}
