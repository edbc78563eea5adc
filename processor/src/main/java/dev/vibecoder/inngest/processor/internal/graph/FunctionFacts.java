package dev.vibecoder.inngest.processor.internal.graph;

import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.IndexFacts;
import dev.vibecoder.inngest.processor.internal.model.Trigger;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Gives the names in code the events that they stand for. */
public final class FunctionFacts {
  private final Bodies bodies;
  private final EventCatalog events;

  public FunctionFacts(Bodies bodies, EventCatalog events) {
    this.bodies = bodies;
    this.events = events;
  }

  /** The facts of a function of this compilation. */
  public IndexFacts of(FunctionModel function) {
    TreeSet<String> handles = new TreeSet<>();
    for (Trigger trigger : function.triggers()) {
      if (trigger instanceof Trigger.OnEvent on) {
        handles.add(on.event().name());
      }
    }
    Optional<ClassBody> body = bodies.of(function.source().canonicalName());
    String from = function.source().packageName();
    TreeSet<String> waits =
        new TreeSet<>(body.map(code -> names(code.waits(), from)).orElse(List.of()));
    function.options().cancelOn().forEach(rule -> waits.add(rule.event()));
    return new IndexFacts(
        List.copyOf(handles),
        body.map(code -> names(code.sends(), from)).orElse(List.of()),
        List.copyOf(waits),
        body.isPresent());
  }

  private List<String> names(Collection<ClassBody.Mention> mentions, String from) {
    return mentions.stream()
        .flatMap(mention -> event(mention, from).stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** Name of the event that is mentioned. */
  Optional<String> event(ClassBody.Mention mention, String fromPackage) {
    String named = mention.event();
    if (named.startsWith("\"")) {
      return Optional.of(named.substring(1, named.length() - 1));
    }
    return events.simple(named, fromPackage).map(EventModel::name);
  }
}
