package dev.vibecoder.inngest.processor.internal.env;

import dev.vibecoder.inngest.processor.internal.expr.Payload;
import dev.vibecoder.inngest.processor.internal.expr.Payloads;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.Trigger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** What started the runs of a function, for what is looked at when all functions were read. */
final class RunStarts {
  private final Elements elements;
  private final Map<String, List<Trigger>> triggers = new HashMap<>();

  RunStarts(Elements elements) {
    this.elements = elements;
  }

  void add(FunctionModel function) {
    triggers.put(function.source().canonicalName(), function.triggers());
  }

  /** The event that starts a function, empty if the function is none or broken. */
  Optional<Payload> of(TypeElement function, Payloads payloads) {
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
