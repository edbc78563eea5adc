package dev.vibecoder.inngest.processor.internal.body;

import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The events that code sends and waits for.
 *
 * @param sends their names; {@link #ANY} if it may be any
 * @param waits the same of those that it waits for
 */
public record EventFacts(NavigableSet<String> sends, NavigableSet<String> waits) {
  /** Stands for every event. */
  public static final String ANY = "*";

  private static final String JSON_EVENT = "dev.vibecoder.inngest.JsonEvent";

  /** Gives what code mentions the events that it stands for. */
  public static EventFacts of(
      Collection<ClassBody> bodies, EventCatalog events, String fromPackage) {
    Reader reader = new Reader(events, fromPackage);
    bodies.forEach(reader::read);
    return reader.facts;
  }

  private static final class Reader {
    private final EventCatalog events;
    private final String fromPackage;
    private final EventFacts facts = new EventFacts(new TreeSet<>(), new TreeSet<>());

    Reader(EventCatalog events, String fromPackage) {
      this.events = events;
      this.fromPackage = fromPackage;
    }

    void read(ClassBody body) {
      body.made().forEach(mention -> event(mention).ifPresent(facts.sends()::add));
      body.uses().forEach(this::uses);
      if (body.isAnyTypeMade()) {
        facts.sends().add(ANY);
        facts.waits().add(ANY);
      }
    }

    private void uses(List<TypeUse> stretch) {
      Deque<String> named = new ArrayDeque<>();
      for (TypeUse use : stretch) {
        if (use instanceof TypeUse.Named one) {
          event(one.event()).ifPresent(named::push);
        } else if (!named.isEmpty()) {
          (use == TypeUse.Taken.SENT ? facts.sends() : facts.waits()).add(named.pop());
        }
      }
    }

    private Optional<String> event(Mention mention) {
      if (mention instanceof Mention.BySender sender) {
        return sender.simpleNames().stream()
            .flatMap(name -> events.simple(name, fromPackage).stream())
            .map(EventModel::name)
            .findFirst();
      }
      for (String type : ((Mention.ByClass) mention).classes()) {
        if (type.equals(JSON_EVENT)) {
          return Optional.of(ANY);
        }
        Optional<EventModel> event = events.typed(type);
        if (event.isPresent()) {
          return event.map(EventModel::name);
        }
      }
      return Optional.empty();
    }
  }
}
