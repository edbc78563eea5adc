package dev.vibecoder.inngest.processor.internal.env;

import com.palantir.javapoet.ClassName;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All events this compilation knows, by name and by generated class. */
public final class EventCatalog {
  private final Map<String, EventModel> byName = new TreeMap<>();
  private final Map<ClassName, EventModel> byType = new TreeMap<>();

  /** Adds an event; of two with the same name or class, the first stays. */
  public void add(EventModel event) {
    byName.putIfAbsent(event.name(), event);
    byType.putIfAbsent(event.type(), event);
  }

  public Optional<EventModel> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Optional<EventModel> typed(ClassName type) {
    return Optional.ofNullable(byType.get(type));
  }

  /** The event whose class has a simple name, seen from a package that is preferred. */
  public Optional<EventModel> simple(String simpleName, String fromPackage) {
    return byType.values().stream()
        .filter(event -> event.type().simpleName().equals(simpleName))
        .min(
            java.util.Comparator.comparing(
                event -> event.type().packageName().equals(fromPackage) ? 0 : 1));
  }

  public Collection<EventModel> all() {
    return byName.values();
  }
}
