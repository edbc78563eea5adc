package dev.vibecoder.inngest.processor.internal.env;

import dev.vibecoder.inngest.processor.internal.expr.Payload;
import dev.vibecoder.inngest.processor.internal.expr.Payloads;
import dev.vibecoder.inngest.processor.internal.lint.BodyLint;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.Trigger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** What is known of functions, for what is looked at when all of them were read. */
final class KnownFunctions implements BodyLint.Functions {
  private final Elements elements;
  private final Map<String, List<Trigger>> triggers = new HashMap<>();
  private final Map<String, Map<String, String>> steps = new HashMap<>();

  KnownFunctions(Elements elements) {
    this.elements = elements;
  }

  void add(FunctionModel function) {
    String name = function.source().canonicalName();
    triggers.put(name, function.triggers());
    Map<String, String> methods = new TreeMap<>();
    function.steps().forEach(step -> methods.put(step.id(), step.method()));
    steps.put(name, methods);
  }

  @Override
  public Map<String, String> steps(TypeElement function) {
    return steps.getOrDefault(function.getQualifiedName().toString(), Map.of());
  }

  @Override
  public Optional<Payload> start(TypeElement function, Payloads payloads) {
    List<Trigger> starts = triggers.get(function.getQualifiedName().toString());
    if (starts == null) {
      return Optional.empty();
    }
    return Optional.of(
        starts.isEmpty()
            ? Payloads.untyped("inngest/function.invoked")
            : Payloads.anyOf(starts.stream().map(start -> payload(start, payloads)).toList()));
  }

  private Payload payload(Trigger start, Payloads payloads) {
    if (!(start instanceof Trigger.OnEvent on)) {
      return Payloads.cron();
    }
    EventModel event = on.event();
    TypeElement data =
        event.source() == null ? null : elements.getTypeElement(event.source().canonicalName());
    return data == null
        ? Payloads.untyped(event.name())
        : payloads.event(event.name(), data.asType());
  }
}
