package dev.vibecoder.inngest.processor.internal.expr;

import java.util.List;
import java.util.Map;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Makes payloads of the types that Jackson writes. One for a round: types do not outlive it. */
public final class Payloads {
  private final JacksonShapes shapes;

  public Payloads(Elements elements, Types types) {
    this.shapes = new JacksonShapes(elements, types);
  }

  /**
   * An event whose data has a type. A type that does not exist (yet) can hold anything.
   *
   * @param name the event's name or pattern
   */
  public Payload event(String name, TypeMirror data) {
    return Payload.event(name, shapes.of(data));
  }

  /** An event whose data can be anything: no payload class is known, or it is a pattern. */
  public static Payload untyped(String name) {
    return Payload.event(name, Shapes.ANY);
  }

  /** What a schedule starts a run with. */
  public static Payload cron() {
    Map<String, Shape> data =
        Map.of("cron", Shapes.TEXT, "scheduledAt", Shapes.ANY, "fireAt", Shapes.ANY);
    Shape.Fields.Content content = new Shape.Fields.Content(data, true);
    return Payload.event("inngest/scheduled.timer", new Shape.Fields("", () -> content));
  }

  /**
   * One of several events: that of a function with several triggers. A field that one of them has
   * is known (it is null in the others).
   *
   * @param payloads at least one
   */
  public static Payload anyOf(List<Payload> payloads) {
    return new Payload(
        payloads.stream().flatMap(payload -> payload.names().stream()).distinct().toList(),
        Shapes.oneOf(payloads.stream().map(Payload::shape).toList()));
  }
}
