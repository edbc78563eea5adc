package dev.vibecoder.inngest.processor.internal.env;

import com.palantir.javapoet.ClassName;
import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.Registration;
import dev.vibecoder.inngest.processor.internal.write.EventsWriter;
import dev.vibecoder.inngest.processor.internal.write.ModuleWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * What a module has once: InngestEvents, InngestEventSender and InngestFunctions. They are written
 * as early as possible, because other classes may name them; what comes later is reported.
 */
final class ModuleFiles {
  private final Problems problems;
  private final GeneratedNames names;
  private final EventsWriter events;
  private final ModuleWriter functions;
  private final Map<ClassName, Entry> waiting = new TreeMap<>();
  private final Map<ClassName, Boolean> registered = new TreeMap<>();
  private boolean eventsWritten;
  private boolean functionsWritten;
  private boolean taken;
  private @Nullable ClassName provider;

  ModuleFiles(
      Problems problems, GeneratedNames names, EventsWriter events, ModuleWriter functions) {
    this.problems = problems;
    this.names = names;
    this.events = events;
    this.functions = functions;
  }

  /**
   * A function as it is known so far.
   *
   * @param complete whether its input and result are known
   */
  private record Entry(Registration function, TypeElement type, boolean complete) {}

  void events(Map<EventModel, TypeElement> found, String packageName, String prefix) {
    if (found.isEmpty()) {
      return;
    }
    if (eventsWritten) {
      found.forEach(
          (event, type) ->
              problems.add(
                  ProblemCode.LATE_ARRIVAL,
                  Location.of(type),
                  "The event \""
                      + event.name()
                      + "\" was generated after InngestEvents was written.",
                  "It works, but has no constant and no send methods there."));
      return;
    }
    eventsWritten = true;
    ClassName name = ClassName.get(packageName, prefix + "Events");
    List<EventModel> visible = new ArrayList<>();
    found.forEach(
        (event, type) -> {
          if (event.visible() || event.type().packageName().equals(packageName)) {
            visible.add(event);
          } else {
            notVisible(type, "send methods for \"" + event.name() + "\"", name);
          }
        });
    visible.sort(Comparator.comparing(EventModel::name));
    List<TypeElement> origins = List.copyOf(found.values());
    ClassName sender = ClassName.get(packageName, prefix + "EventSender");
    if (claim(name, origins)) {
      events.events(name, sender, visible, origins);
    }
    if (claim(sender, origins)) {
      events.sender(sender, name, visible, origins);
    }
  }

  /** Adds what is known of a function; what was known before is forgotten. */
  void function(Registration function, TypeElement type, boolean complete) {
    if (!functionsWritten) {
      waiting.put(function.source(), new Entry(function, type, complete));
    } else if (!registered.getOrDefault(function.source(), false) && complete) {
      problems.add(
          ProblemCode.LATE_ARRIVAL,
          Location.of(type),
          registered.containsKey(function.source())
              ? "The types of the function \""
                  + function.id()
                  + "\" were known after InngestFunctions was written: it has no constant there."
              : "The function \""
                  + function.id()
                  + "\" was complete after InngestFunctions was written.",
          registered.containsKey(function.source())
              ? "Refer to it as " + function.generated().simpleName() + ".REF."
              : "Register it with " + function.generated().simpleName() + ".define(...).");
    }
  }

  void functions(String packageName, String prefix) {
    if (functionsWritten || waiting.isEmpty()) {
      return;
    }
    functionsWritten = true;
    ClassName name = ClassName.get(packageName, prefix + "Functions");
    List<Registration> all = new ArrayList<>();
    List<Registration> named = new ArrayList<>();
    Map<ClassName, TypeElement> origins = new LinkedHashMap<>();
    waiting.forEach(
        (source, entry) -> {
          Registration function = entry.function();
          all.add(function);
          origins.put(source, entry.type());
          registered.put(source, entry.complete());
          if (!entry.complete()) {
            return;
          }
          if (function.visible() || function.generated().packageName().equals(packageName)) {
            named.add(function);
          } else {
            notVisible(entry.type(), "a constant for \"" + function.id() + "\"", name);
          }
        });
    all.sort(Comparator.comparing(Registration::id));
    if (claim(name, origins.values())) {
      provider = name;
      functions.functions(name, all, named, List.copyOf(origins.values()));
    }
  }

  /** Whether InngestFunctions was written, or there was no place for it. */
  boolean hasFunctions() {
    return functionsWritten;
  }

  /** The classes of the module as a whole that are found by reflection. */
  Stream<ClassName> written() {
    return Stream.ofNullable(provider);
  }

  private boolean claim(ClassName name, Iterable<TypeElement> origins) {
    if (taken && !names.isFree(name)) {
      // The cure is the same.
      return false;
    }
    boolean free =
        names.claim(
            name,
            "the module",
            Location.of(origins.iterator().next()),
            "The class " + name.canonicalName() + ", which is to be generated,",
            "Rename it, or choose another package with -Ainngest.package=<package>.");
    taken |= !free;
    return free;
  }

  private void notVisible(TypeElement type, String what, ClassName where) {
    problems.add(
        ProblemCode.NOT_VISIBLE,
        Location.of(type),
        "There is no place for " + what + " in " + where + ": a type is not public.",
        "Make the payload and the result public to have it.");
  }
}
