package dev.vibecoder.inngest.processor.internal.env;

import com.palantir.javapoet.ClassName;
import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.scan.Annotation;
import dev.vibecoder.inngest.processor.internal.scan.EventScanner;
import dev.vibecoder.inngest.processor.internal.scan.FunctionScanner;
import dev.vibecoder.inngest.processor.internal.scan.IndexReader;
import dev.vibecoder.inngest.processor.internal.scan.UnresolvedTypes;
import dev.vibecoder.inngest.processor.internal.validate.EventRules;
import dev.vibecoder.inngest.processor.internal.validate.FunctionIds;
import dev.vibecoder.inngest.processor.internal.write.EventWriter;
import dev.vibecoder.inngest.processor.internal.write.FunctionWriter;
import dev.vibecoder.inngest.processor.internal.write.ModuleWriter;
import dev.vibecoder.inngest.processor.internal.write.SourceSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** One compilation, round by round: scan, validate, model, write. */
public final class Compilation {
  private static final String FUNCTION = "InngestFunction";
  private static final String EVENT = "InngestEvent";
  private static final ClassName JSON_NODE =
      ClassName.get("com.fasterxml.jackson.databind", "JsonNode");

  private final ProcessingEnvironment environment;
  private final Elements elements;
  private final Problems problems;
  private final Options options;
  private final EventCatalog events = new EventCatalog();
  private final FunctionIds ids;
  private final SourceSink sink;
  private final ModuleWriter module;
  private final TreeSet<String> deferred = new TreeSet<>();
  private boolean indexRead;
  private boolean moduleWritten;

  public Compilation(ProcessingEnvironment environment) {
    this.environment = environment;
    this.elements = environment.getElementUtils();
    this.problems = new Problems(environment.getMessager());
    this.options = Options.read(environment.getOptions(), problems);
    this.ids = new FunctionIds(problems);
    this.sink = new SourceSink(environment.getFiler());
    this.module = new ModuleWriter(sink);
  }

  /** Processes one round; nothing is thrown, whatever happens. */
  public void round(RoundEnvironment round) {
    try {
      readIndex();
      process(round);
    } catch (RuntimeException | StackOverflowError e) {
      internal(round, e);
    }
    problems.print();
  }

  private void internal(RoundEnvironment round, Throwable e) {
    StackTraceElement[] frames = e.getStackTrace();
    String fact =
        "The processor failed: " + e + (frames.length > 0 ? " at " + frames[0] : "") + ".";
    String fix = "This is a defect of inngest-processor; please report it with this message.";
    Optional<? extends Element> element = round.getRootElements().stream().findFirst();
    if (element.isPresent()) {
      problems.add(ProblemCode.INTERNAL, Location.of(element.get()), fact, fix);
    } else {
      problems.addGeneral(ProblemCode.INTERNAL, fact, fix);
    }
  }

  private void readIndex() {
    if (!indexRead) {
      indexRead = true;
      new IndexReader(elements).read(options.indexPackage(), events, ids);
    }
  }

  private void process(RoundEnvironment round) {
    Map<EventModel, TypeElement> newEvents = scanEvents(round);
    List<TypeElement> types = functionTypes(round);
    checkStrayingSteps(round);
    UnresolvedTypes unresolved = new UnresolvedTypes(events, expectedClasses(types));
    List<TypeElement> ready = new ArrayList<>();
    deferred.clear();
    for (TypeElement type : types) {
      // In the last round the compiler reports what is missing; the signatures are written anyway.
      if (!round.processingOver() && unresolved.in(type)) {
        deferred.add(type.getQualifiedName().toString());
      } else {
        ready.add(type);
      }
    }
    boolean nothing = newEvents.isEmpty() && ready.isEmpty();
    if (nothing) {
      return;
    }
    Optional<String> packageName = modulePackage(newEvents, ready);
    Map<EventModel, TypeElement> plainEvents = plainEvents(ready, packageName.orElse(""));
    Map<FunctionModel, TypeElement> functions = scanFunctions(ready);
    write(newEvents, plainEvents, functions, packageName);
  }

  // --- scanning ---

  private Map<EventModel, TypeElement> scanEvents(RoundEnvironment round) {
    EventScanner scanner = new EventScanner(elements, problems, events);
    Map<EventModel, TypeElement> found = new LinkedHashMap<>();
    for (TypeElement type : annotated(round, EVENT)) {
      Optional<EventModel> event =
          Annotation.of(type, EVENT).flatMap(annotation -> scanner.scan(type, annotation));
      if (event.isPresent()) {
        events.add(event.get());
        found.put(event.get(), type);
      }
    }
    return found;
  }

  private List<TypeElement> functionTypes(RoundEnvironment round) {
    Map<String, TypeElement> types = new TreeMap<>();
    for (String name : deferred) {
      TypeElement again = elements.getTypeElement(name);
      if (again != null) {
        types.put(name, again);
      }
    }
    annotated(round, FUNCTION).forEach(type -> types.put(type.getQualifiedName().toString(), type));
    return List.copyOf(types.values());
  }

  /** Annotated types by name, so that output does not depend on the order of files. */
  private List<TypeElement> annotated(RoundEnvironment round, String annotation) {
    TypeElement type = elements.getTypeElement(Annotation.PACKAGE + annotation);
    if (type == null) {
      return List.of();
    }
    return ElementFilter.typesIn(round.getElementsAnnotatedWith(type)).stream()
        .sorted(Comparator.comparing(found -> found.getQualifiedName().toString()))
        .toList();
  }

  private void checkStrayingSteps(RoundEnvironment round) {
    TypeElement step = elements.getTypeElement(Annotation.PACKAGE + "Step");
    if (step == null) {
      return;
    }
    for (Element method : round.getElementsAnnotatedWith(step)) {
      Element owner = method.getEnclosingElement();
      if (owner == null) {
        continue;
      }
      boolean base = owner.getModifiers().contains(Modifier.ABSTRACT) && owner.getKind().isClass();
      if (Annotation.of(owner, FUNCTION).isEmpty() && !base) {
        problems.add(
            ProblemCode.STEP_OUTSIDE_FUNCTION,
            Location.of(method),
            "@Step is on a method of " + owner.getSimpleName() + ", which is no function.",
            "Annotate the class with @InngestFunction; elsewhere a step would not be durable.");
      }
    }
  }

  private static Set<String> expectedClasses(List<TypeElement> types) {
    return types.stream()
        .flatMap(type -> Annotation.of(type, FUNCTION).stream())
        .flatMap(annotation -> FunctionScanner.triggerNames(annotation).stream())
        .map(name -> EventRules.className(name.value()))
        .collect(Collectors.toSet());
  }

  /** The events without a payload class that functions name, once per module. */
  private Map<EventModel, TypeElement> plainEvents(List<TypeElement> types, String packageName) {
    Map<EventModel, TypeElement> plain = new LinkedHashMap<>();
    for (TypeElement type : types) {
      Annotation annotation = Annotation.of(type, FUNCTION).orElseThrow();
      for (Annotation.Text name : FunctionScanner.triggerNames(annotation)) {
        if (events.named(name.value()).isPresent() || !EventRules.isUsable(name.value())) {
          continue;
        }
        ClassName eventType = ClassName.get(packageName, EventRules.className(name.value()));
        boolean pattern = name.value().endsWith("*");
        Optional<EventModel> clash = pattern ? Optional.empty() : events.typed(eventType);
        if (clash.isPresent()) {
          problems.add(
              ProblemCode.EVENT_CLASS_CLASH,
              name.location(),
              "The events \""
                  + name.value()
                  + "\" and \""
                  + clash.get().name()
                  + "\" would both get the class "
                  + eventType.simpleName()
                  + ".",
              "Give one a payload class with @InngestEvent, and set typeName there.");
        }
        EventModel event =
            new EventModel(name.value(), eventType, JSON_NODE, null, "", true, pattern);
        events.add(event);
        if (!pattern && clash.isEmpty()) {
          plain.put(event, type);
        }
      }
    }
    return plain;
  }

  private Map<FunctionModel, TypeElement> scanFunctions(List<TypeElement> types) {
    FunctionScanner scanner =
        new FunctionScanner(elements, environment.getTypeUtils(), problems, events, ids);
    Map<FunctionModel, TypeElement> functions = new LinkedHashMap<>();
    for (TypeElement type : types) {
      FunctionModel function = scanner.scan(type, Annotation.of(type, FUNCTION).orElseThrow());
      functions.put(function, type);
    }
    return functions;
  }

  // --- writing ---

  private void write(
      Map<EventModel, TypeElement> typedEvents,
      Map<EventModel, TypeElement> plainEvents,
      Map<FunctionModel, TypeElement> functions,
      Optional<String> packageName) {
    EventWriter eventWriter = new EventWriter(sink);
    typedEvents.forEach((event, type) -> eventWriter.write(event, List.of(type)));
    plainEvents.forEach((event, type) -> eventWriter.write(event, List.of(type)));
    FunctionWriter functionWriter = new FunctionWriter(sink);
    functions.forEach(
        (function, type) -> {
          if (isNameFree(function)) {
            functionWriter.write(function, List.of(type));
          }
        });
    typedEvents.forEach((event, type) -> module.index(options.indexPackage(), event, type));
    functions.forEach(
        (function, type) -> {
          if (!function.broken()) {
            module.index(options.indexPackage(), function, type);
          }
        });
    Map<EventModel, TypeElement> all = new LinkedHashMap<>(typedEvents);
    all.putAll(plainEvents);
    if (moduleWritten) {
      reportLate(all, functions);
    } else if (packageName.isPresent()) {
      moduleWritten = true;
      writeModule(all, functions, packageName.get());
    }
  }

  private boolean isNameFree(FunctionModel function) {
    TypeElement existing = elements.getTypeElement(function.generated().canonicalName());
    return existing == null || Annotation.of(existing, "InngestGenerated").isPresent();
  }

  private void reportLate(
      Map<EventModel, TypeElement> late, Map<FunctionModel, TypeElement> functions) {
    late.forEach(
        (event, type) ->
            problems.add(
                ProblemCode.LATE_ARRIVAL,
                Location.of(type),
                "The event \"" + event.name() + "\" was generated after InngestEvents was written.",
                "It works, but has no constant and no send methods there."));
    functions.forEach(
        (function, type) ->
            problems.add(
                ProblemCode.LATE_ARRIVAL,
                Location.of(type),
                "The function \""
                    + function.id()
                    + "\" was complete after InngestFunctions was written.",
                "Register it with " + function.generated().simpleName() + ".define(...)."));
  }

  private void writeModule(
      Map<EventModel, TypeElement> allEvents,
      Map<FunctionModel, TypeElement> functions,
      String packageName) {
    String prefix = options.test().orElseGet(sink::writesTests) ? "InngestTest" : "Inngest";
    ClassName eventsType = ClassName.get(packageName, prefix + "Events");
    ClassName functionsType = ClassName.get(packageName, prefix + "Functions");
    List<EventModel> sendable = new ArrayList<>();
    allEvents.forEach(
        (event, type) -> {
          if (event.visible() || event.type().packageName().equals(packageName)) {
            sendable.add(event);
          } else {
            notVisible(type, "send methods for \"" + event.name() + "\"", eventsType);
          }
        });
    sendable.sort(Comparator.comparing(EventModel::name));
    List<FunctionModel> complete = new ArrayList<>();
    List<FunctionModel> named = new ArrayList<>();
    functions.forEach(
        (function, type) -> {
          complete.add(function);
          if (function.visible() || function.generated().packageName().equals(packageName)) {
            named.add(function);
          } else {
            notVisible(type, "a constant for \"" + function.id() + "\"", functionsType);
          }
        });
    complete.sort(Comparator.comparing(FunctionModel::id));
    named.sort(Comparator.comparing(FunctionModel::constant));
    if (!allEvents.isEmpty() && isModuleNameFree(eventsType, allEvents.values())) {
      module.events(eventsType, sendable, List.copyOf(allEvents.values()));
    }
    if (!functions.isEmpty() && isModuleNameFree(functionsType, functions.values())) {
      module.functions(functionsType, complete, named, List.copyOf(functions.values()));
    }
  }

  private void notVisible(TypeElement type, String what, ClassName where) {
    problems.add(
        ProblemCode.NOT_VISIBLE,
        Location.of(type),
        "There is no place for " + what + " in " + where + ": a type is not public.",
        "Make the payload and the result public to have it.");
  }

  private boolean isModuleNameFree(ClassName name, Iterable<TypeElement> origins) {
    TypeElement existing = elements.getTypeElement(name.canonicalName());
    if (existing == null || Annotation.of(existing, "InngestGenerated").isPresent()) {
      return true;
    }
    problems.add(
        ProblemCode.GENERATED_NAME,
        Location.of(origins.iterator().next()),
        "The class " + name.canonicalName() + ", which is to be generated, exists already.",
        "Rename it, or choose another package with -Ainngest.package=<package>.");
    return false;
  }

  /** The package of the module's classes: the option's, or the longest that all types share. */
  private Optional<String> modulePackage(
      Map<EventModel, TypeElement> newEvents, List<TypeElement> functions) {
    if (options.modulePackage().isPresent()) {
      return options.modulePackage();
    }
    List<TypeElement> types = new ArrayList<>(newEvents.values());
    types.addAll(functions);
    List<String> packages =
        types.stream()
            .map(type -> elements.getPackageOf(type).getQualifiedName().toString())
            .distinct()
            .sorted()
            .toList();
    String common = packages.get(0);
    for (String other : packages) {
      while (!(other + ".").startsWith(common + ".") && !common.isEmpty()) {
        int dot = common.lastIndexOf('.');
        common = dot < 0 ? "" : common.substring(0, dot);
      }
    }
    if (common.isEmpty() && packages.size() > 1) {
      problems.add(
          ProblemCode.MODULE_PACKAGE,
          Location.of(types.get(0)),
          "The packages " + String.join(", ", packages) + " have nothing in common.",
          "Say where InngestEvents and InngestFunctions go: -Ainngest.package=<package>.");
      return Optional.empty();
    }
    return Optional.of(common);
  }
}
