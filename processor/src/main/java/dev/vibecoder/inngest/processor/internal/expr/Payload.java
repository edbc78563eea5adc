package dev.vibecoder.inngest.processor.internal.expr;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a variable of an expression holds: an event, or one of several events. */
public final class Payload {
  private final List<String> names;
  private final Shape shape;

  Payload(List<String> names, Shape shape) {
    this.names = List.copyOf(names);
    this.shape = shape;
  }

  /** An event with some data; everything else is the same in all events. */
  static Payload event(String name, Shape data) {
    Map<String, Shape> fields = new LinkedHashMap<>();
    fields.put("id", Shapes.TEXT);
    fields.put("name", Shapes.TEXT);
    fields.put("data", data);
    // The server has it as a double, as all numbers of JSON.
    fields.put("ts", Shapes.DOUBLE);
    fields.put("user", new Shape.MapOf(Shapes.ANY));
    fields.put("v", Shapes.TEXT);
    Shape.Fields.Content content = new Shape.Fields.Content(fields, false);
    return new Payload(List.of(name), new Shape.Fields("", () -> content));
  }

  Shape shape() {
    return shape;
  }

  List<String> names() {
    return names;
  }

  /** For messages. */
  String described() {
    return names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(" or "));
  }
}
