package dev.vibecoder.inngest.processor.internal.env;

import com.palantir.javapoet.ClassName;
import dev.vibecoder.inngest.processor.internal.body.Bodies;
import dev.vibecoder.inngest.processor.internal.body.EventFacts;
import dev.vibecoder.inngest.processor.internal.contract.ContractFiles;
import dev.vibecoder.inngest.processor.internal.contract.ContractReader;
import dev.vibecoder.inngest.processor.internal.contract.ModuleContract;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.graph.EventGraph;
import dev.vibecoder.inngest.processor.internal.graph.FunctionFacts;
import dev.vibecoder.inngest.processor.internal.graph.SimilarEvents;
import dev.vibecoder.inngest.processor.internal.lock.Lock;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.IndexFacts;
import dev.vibecoder.inngest.processor.internal.model.Trigger;
import dev.vibecoder.inngest.processor.internal.scan.FunctionScanner;
import dev.vibecoder.inngest.processor.internal.write.SourceSink;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** What is done when all functions, events and types are there: it is done once, for the module. */
final class LastRound {
  private final Types types;
  private final Elements elements;
  private final SourceSink sink;
  private final Problems problems;
  private final Options options;
  private final EventCatalog catalog;
  private final Bodies bodies;
  private final SortedMap<String, FunctionModel> functions = new TreeMap<>();
  private final SortedMap<String, EventModel> events = new TreeMap<>();
  private final SortedMap<String, ClassName> declared = new TreeMap<>();

  LastRound(
      ProcessingEnvironment environment,
      SourceSink sink,
      Problems problems,
      Options options,
      EventCatalog catalog,
      Bodies bodies) {
    this.types = environment.getTypeUtils();
    this.elements = environment.getElementUtils();
    this.sink = sink;
    this.problems = problems;
    this.options = options;
    this.catalog = catalog;
    this.bodies = bodies;
  }

  /** Remembers a function that is right. */
  void function(FunctionModel function) {
    functions.put(function.id(), function);
    for (Trigger trigger : function.triggers()) {
      if (trigger instanceof Trigger.OnEvent on) {
        events.putIfAbsent(on.event().name(), on.event());
      }
    }
  }

  /** Remembers an event that this module declares. */
  void event(EventModel event) {
    events.put(event.name(), event);
    ClassName source = event.source();
    if (source != null) {
      declared.put(event.name(), source);
    }
  }

  /** Whether the module has neither functions nor events. */
  boolean isEmpty() {
    return functions.isEmpty() && events.isEmpty();
  }

  /** Looks at the module as a whole, and writes what it promises. */
  void run(String packageName, Stream<ClassName> generated) {
    boolean tests = options.test().orElseGet(sink::writesTests);
    Map<String, Collection<String>> sends = graph(tests);
    similar();
    ModuleContract module =
        new ContractReader(types, elements).read(packageName, events, functions, sends);
    Optional<Path> lock = options.lock();
    // Nobody waits for the runs of tests.
    if (lock.isPresent() && !tests) {
      new Lock(lock.get(), options.updateLock(), elements, problems).check(module, bodies);
    }
    if (problems.errors() == 0) {
      ContractFiles.of(module, generated, elements)
          .forEach((path, text) -> sink.resource(path, text, origins()));
    }
  }

  /** Looks at the way of events, and gives those that each function sends. */
  private Map<String, Collection<String>> graph(boolean tests) {
    Map<String, Collection<String>> sends = new HashMap<>();
    EventGraph graph = new EventGraph(elements, catalog, bodies, problems, options.lint());
    FunctionFacts facts = new FunctionFacts(bodies, catalog);
    for (FunctionModel function : functions.values()) {
      String source = function.source().canonicalName();
      TypeElement type = elements.getTypeElement(source);
      if (type != null) {
        IndexFacts known = facts.of(function, type);
        graph.add(function.id(), source, known);
        sends.put(
            function.id(),
            known.sends().stream().filter(event -> !event.equals(EventFacts.ANY)).toList());
      }
    }
    if (!tests) {
      graph.addOthers(new TreeSet<>(List.of(Options.DEFAULT_INDEX, options.indexPackage())));
      SortedMap<String, TypeElement> payloads = new TreeMap<>();
      declared.forEach(
          (event, source) -> {
            TypeElement payload = elements.getTypeElement(source.canonicalName());
            if (payload != null) {
              payloads.put(event, payload);
            }
          });
      graph.check(payloads);
    }
    return sends;
  }

  private void similar() {
    SimilarEvents similar = new SimilarEvents(problems, options.lint());
    for (FunctionModel function : functions.values()) {
      TypeElement type = elements.getTypeElement(function.source().canonicalName());
      if (type != null && bodies.hasSource(type)) {
        FunctionScanner.triggerNames(type).stream()
            .filter(name -> isUnknown(name.value()))
            .forEach(
                name -> similar.check(name.value(), name.location(), type, catalog.declared()));
      }
    }
  }

  private boolean isUnknown(String event) {
    return catalog
        .named(event)
        .filter(known -> known.source() == null && !known.isPattern())
        .isPresent();
  }

  private List<TypeElement> origins() {
    return Stream.concat(
            events.values().stream().map(EventModel::source).filter(Objects::nonNull),
            functions.values().stream().map(FunctionModel::source))
        .map(source -> elements.getTypeElement(source.canonicalName()))
        .filter(Objects::nonNull)
        .toList();
  }
}
