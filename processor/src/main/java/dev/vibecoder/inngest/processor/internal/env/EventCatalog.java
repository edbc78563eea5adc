package dev.vibecoder.inngest.processor.internal.env;

import com.palantir.javapoet.ClassName;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All events this compilation knows, by name and by generated class. */
public final class EventCatalog {
  private final Map<String, EventModel> byName = new TreeMap<>();
  private final Map<ClassName, EventModel> byType = new TreeMap<>();
  private final Map<String, EventModel> rivals = new TreeMap<>();
  private final Set<String> broken = new HashSet<>();

  /**
   * Adds an event. One of this compilation replaces one of a jar; else, of two with the same name
   * or class, the first stays.
   */
  public void add(EventModel event) {
    EventModel sameName = byName.get(event.name());
    if (sameName != null && sameName.external() && !event.external()) {
      byType.remove(sameName.type(), sameName);
      byName.remove(event.name());
    } else if (sameName != null && sameName.external() && !sameName.type().equals(event.type())) {
      rivals.put(event.name(), event);
    }
    EventModel sameType = byType.get(event.type());
    if (sameType != null && sameType.external() && !event.external()) {
      byName.remove(sameType.name(), sameType);
      byType.remove(event.type());
    }
    byName.putIfAbsent(event.name(), event);
    byType.putIfAbsent(event.type(), event);
  }

  /** Remembers that an event was complained about: what follows from it is not reported again. */
  public void markBroken(String name) {
    broken.add(name);
  }

  public boolean isBroken(String name) {
    return broken.contains(name);
  }

  public Optional<EventModel> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The payload class that another jar has for an event that already has one in a jar. */
  public Optional<EventModel> rival(String name) {
    return Optional.ofNullable(rivals.get(name));
  }

  /** Names of the events that have a payload class, in this compilation or in a jar. */
  public List<String> declared() {
    return byName.values().stream()
        .filter(event -> event.source() != null)
        .map(EventModel::name)
        .toList();
  }

  /** The event that has a class, by the class's full name. */
  public Optional<EventModel> typed(String type) {
    int dot = type.lastIndexOf('.');
    return typed(ClassName.get(dot < 0 ? "" : type.substring(0, dot), type.substring(dot + 1)));
  }

  public Optional<EventModel> typed(ClassName type) {
    return Optional.ofNullable(byType.get(type));
  }

  /** The event that a class is the payload of. */
  public Optional<EventModel> withPayload(ClassName source) {
    return byName.values().stream().filter(event -> source.equals(event.source())).findFirst();
  }

  /** The event of this compilation whose constant is called the same. */
  public Optional<EventModel> withConstant(String constant) {
    return byName.values().stream()
        .filter(event -> !event.external() && event.constant().equals(constant))
        .findFirst();
  }

  /** The event whose class has a simple name, seen from a package that is preferred. */
  public Optional<EventModel> simple(String simpleName, String fromPackage) {
    return byType.values().stream()
        .filter(event -> event.type().simpleName().equals(simpleName))
        .min(Comparator.comparing(event -> event.type().packageName().equals(fromPackage) ? 0 : 1));
  }
}
