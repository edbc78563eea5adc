package dev.vibecoder.inngest.processor.internal.graph;

import dev.vibecoder.inngest.processor.internal.body.Bodies;
import dev.vibecoder.inngest.processor.internal.body.EventFacts;
import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionOptions;
import dev.vibecoder.inngest.processor.internal.model.IndexFacts;
import dev.vibecoder.inngest.processor.internal.model.Trigger;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;

/** Gathers the events that a function has to do with. */
public final class FunctionFacts {
  private final Bodies bodies;
  private final EventCatalog events;

  public FunctionFacts(Bodies bodies, EventCatalog events) {
    this.bodies = bodies;
    this.events = events;
  }

  /** The facts of a function, as its annotations and its code tell them. */
  public IndexFacts of(FunctionModel function, TypeElement type) {
    EventFacts code = EventFacts.of(bodies.of(type), events, function.source().packageName());
    List<String> handles =
        function.triggers().stream()
            .filter(trigger -> trigger instanceof Trigger.OnEvent)
            .map(trigger -> ((Trigger.OnEvent) trigger).event().name())
            .toList();
    Stream<String> cancelling =
        function.options().cancelOn().stream().map(FunctionOptions.CancelOn::event);
    return new IndexFacts(
        handles, code.sends(), Stream.concat(code.waits().stream(), cancelling).toList());
  }
}
