package dev.vibecoder.inngest.processor.internal.env;

import com.palantir.javapoet.ClassName;
import dev.vibecoder.inngest.processor.internal.body.Bodies;
import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.expr.Expressions;
import dev.vibecoder.inngest.processor.internal.expr.Payloads;
import dev.vibecoder.inngest.processor.internal.graph.FunctionFacts;
import dev.vibecoder.inngest.processor.internal.lint.BodyLint;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.IndexFacts;
import dev.vibecoder.inngest.processor.internal.scan.Annotation;
import dev.vibecoder.inngest.processor.internal.scan.EventScanner;
import dev.vibecoder.inngest.processor.internal.scan.FunctionScanner;
import dev.vibecoder.inngest.processor.internal.scan.IndexReader;
import dev.vibecoder.inngest.processor.internal.scan.OptionChecks;
import dev.vibecoder.inngest.processor.internal.scan.Unresolved;
import dev.vibecoder.inngest.processor.internal.scan.Unresolved.Missing;
import dev.vibecoder.inngest.processor.internal.validate.EventRules;
import dev.vibecoder.inngest.processor.internal.validate.FunctionIds;
import dev.vibecoder.inngest.processor.internal.validate.Ids;
import dev.vibecoder.inngest.processor.internal.write.EventWriter;
import dev.vibecoder.inngest.processor.internal.write.EventsWriter;
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
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.Diagnostic;

/** One compilation, round by round: scan, validate, model, write. */
public final class Compilation {
  private static final String FUNCTION = "InngestFunction";
  private static final String EVENT = "InngestEvent";

  private final Elements elements;
  private final Types types;
  private final Problems problems;
  private final Options options;
  private final EventCatalog events = new EventCatalog();
  private final Expressions expressions = new Expressions();
  private final FunctionIds ids;
  private final SourceSink sink;
  private final ModuleWriter index;
  private final GeneratedNames names;
  private final ModulePackage modulePackage;
  private final PlainEvents plainEvents;
  private final ModuleFiles module;
  private final StrayAnnotations strays;
  private final Lombok lombok;
  private final TreeSet<String> deferredEvents = new TreeSet<>();
  private final TreeSet<String> deferredFunctions = new TreeSet<>();
  private final TreeSet<String> givenUp = new TreeSet<>();
  private final Map<String, Boolean> claimed = new TreeMap<>();
  private final Bodies bodies;
  private final LastRound lastRound;
  private final KnownFunctions known;
  private final PayloadJson payloadJson;
  private boolean indexRead;
  private boolean postponed;

  public Compilation(ProcessingEnvironment environment) {
    this.elements = environment.getElementUtils();
    this.types = environment.getTypeUtils();
    this.problems = new Problems(environment);
    this.options = Options.read(environment.getOptions(), problems);
    this.ids = new FunctionIds(problems);
    this.sink = new SourceSink(environment.getFiler(), this::sees);
    this.names = new GeneratedNames(elements, problems, sink::isOwn);
    this.modulePackage = new ModulePackage(elements, problems, options.modulePackage());
    this.plainEvents = new PlainEvents(elements, problems, events, names, modulePackage);
    this.index = new ModuleWriter(sink);
    this.module = new ModuleFiles(problems, names, new EventsWriter(sink), index);
    this.strays = new StrayAnnotations(elements, problems);
    this.lombok = new Lombok(environment);
    this.bodies = new Bodies(environment, sink.outputFolder());
    this.lastRound = new LastRound(environment, sink, problems, options, events, bodies);
    this.known = new KnownFunctions(elements);
    this.payloadJson = new PayloadJson(elements, types, problems);
    BodyLint.install(environment, options.lint(), expressions, known);
  }

  /** Processes one round; nothing is thrown, whatever happens. */
  public void round(RoundEnvironment round) {
    try {
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

  /** Whether code beside an element can name a class: named modules see what they require. */
  private boolean sees(Element element, String type) {
    ModuleElement from = elements.getModuleOf(element);
    return (from == null ? elements.getTypeElement(type) : elements.getTypeElement(from, type))
        != null;
  }

  private void process(RoundEnvironment round) {
    boolean last = round.processingOver();
    List<TypeElement> payloads = annotated(round, EVENT, deferredEvents);
    List<TypeElement> classes = annotated(round, FUNCTION, deferredFunctions);
    readIndex(payloads, classes);
    strays.check(round);
    bodies.collect(round);
    if (!last && lombok.isAtWork(round)) {
      payloads.forEach(type -> deferredEvents.add(type.getQualifiedName().toString()));
      classes.forEach(type -> deferredFunctions.add(type.getQualifiedName().toString()));
    } else if (!payloads.isEmpty() || !classes.isEmpty()) {
      process(payloads, classes, last, last || (module.hasFunctions() && isAlone(round)));
    }
    if (last) {
      payloadJson.check();
      givenUp.forEach(this::tooLate);
    }
    if (last && !lastRound.isEmpty() && !round.errorRaised() && problems.errors() == 0) {
      lastRound.run(modulePackage.of(List.of()), module.written());
    }
    reportFailures();
  }

  /** Whether nobody but us has written anything that came with a round. */
  private boolean isAlone(RoundEnvironment round) {
    return round.getRootElements().stream()
        .allMatch(
            root ->
                root instanceof TypeElement type
                    && sink.hasWritten(type.getQualifiedName().toString()));
  }

  /**
   * Processes what is there.
   *
   * @param over whether nobody is going to write what is still missing
   */
  private void process(
      List<TypeElement> payloads, List<TypeElement> classes, boolean last, boolean over) {
    String packageName =
        modulePackage.of(Stream.concat(payloads.stream(), classes.stream()).toList());

    Map<EventModel, TypeElement> newEvents = scanEvents(payloads, last);
    classes.forEach(this::claim);
    Unresolved unresolved = new Unresolved(elements, events, expectedClasses(classes));
    Map<TypeElement, Missing> missing = new LinkedHashMap<>();
    classes.forEach(type -> missing.put(type, unresolved.in(type)));
    // A type that is missing from the parameters may be the payload: then its event waits a round.
    newEvents.putAll(
        plainEvents.of(
            classes.stream()
                .filter(type -> last || postponed || missing.get(type) != Missing.INPUTS)
                .toList()));
    writeEvents(newEvents);

    deferredFunctions.clear();
    missing.forEach((type, what) -> function(type, what, over));
    String prefix = options.test().orElseGet(sink::writesTests) ? "InngestTest" : "Inngest";
    module.events(newEvents, packageName, prefix);
    // What is missing is there in the next round, if ever: then all is known at once. There is one
    // if anything was written; else only others can write what constants of annotations need.
    boolean wait =
        !last
            && !postponed
            && (missing.containsValue(Missing.VALUES)
                || (sink.hasWritten() && !deferredFunctions.isEmpty()));
    postponed = true;
    if (!wait) {
      module.functions(packageName, prefix);
    }
  }

  private void readIndex(List<TypeElement> payloads, List<TypeElement> classes) {
    if (!indexRead) {
      indexRead = true;
      Set<String> own =
          Stream.concat(payloads.stream(), classes.stream())
              .map(type -> type.getQualifiedName().toString())
              .collect(Collectors.toSet());
      new IndexReader(elements, own).read(options.indexPackage(), events, ids);
    }
  }

  /** Annotated types by name, so that output does not depend on the order of files. */
  private List<TypeElement> annotated(
      RoundEnvironment round, String annotation, Set<String> deferred) {
    Map<String, TypeElement> found = new TreeMap<>();
    for (String name : deferred) {
      TypeElement again = elements.getTypeElement(name);
      if (again != null) {
        found.put(name, again);
      }
    }
    TypeElement type = elements.getTypeElement(Annotation.PACKAGE + annotation);
    if (type != null) {
      ElementFilter.typesIn(round.getElementsAnnotatedWith(type))
          .forEach(element -> found.put(element.getQualifiedName().toString(), element));
    }
    return found.values().stream()
        .sorted(Comparator.comparing(element -> element.getQualifiedName().toString()))
        .toList();
  }

  private Map<EventModel, TypeElement> scanEvents(List<TypeElement> payloads, boolean last) {
    EventScanner scanner = new EventScanner(elements, problems, events, names);
    Map<EventModel, TypeElement> found = new LinkedHashMap<>();
    deferredEvents.clear();
    for (TypeElement type : payloads) {
      Annotation annotation = Annotation.of(type, EVENT).orElseThrow();
      if (annotation.isUnresolved() && !last) {
        deferredEvents.add(type.getQualifiedName().toString());
        continue;
      }
      plainEvents.late(type, annotation.rawText("value"));
      scanner.scan(type, annotation).ifPresent(event -> found.put(event, type));
    }
    return found;
  }

  private void claim(TypeElement type) {
    claimed.computeIfAbsent(
        type.getQualifiedName().toString(),
        name -> {
          ClassName generated = FunctionScanner.generated(ClassName.get(type));
          return names.claim(
              generated,
              "the function " + name,
              Location.of(type),
              "The class " + generated.simpleName() + ", which is to be generated,",
              "Rename one of the two classes.");
        });
  }

  private static Set<String> expectedClasses(List<TypeElement> types) {
    return types.stream()
        .flatMap(type -> FunctionScanner.triggerNames(type).stream())
        .map(name -> EventRules.expectedClass(name.value()))
        .collect(Collectors.toSet());
  }

  private void function(TypeElement type, Missing missing, boolean over) {
    String name = type.getQualifiedName().toString();
    boolean free = claimed.getOrDefault(name, false);
    Annotation annotation = Annotation.of(type, FUNCTION).orElseThrow();
    if (missing != Missing.NOTHING) {
      FunctionModel outline = outline(type, annotation);
      if (free) {
        boolean known = missing == Missing.TYPES && isResultKnown(type);
        module.function(outline.registration(), type, known);
      }
      if (!over) {
        deferredFunctions.add(name);
      } else if (free) {
        // The compiler reports what is missing; what others use is there nevertheless.
        new FunctionWriter(sink).write(outline, List.of(type));
        givenUp.add(name);
      }
      return;
    }
    FunctionScanner scanner =
        new FunctionScanner(
            elements, types, problems, events, ids, strays.owners(), optionChecks());
    FunctionModel function = scanner.scan(type, annotation, true);
    if (free) {
      new FunctionWriter(sink).write(function, List.of(type));
      module.function(function.registration(), type, true);
    }
    if (free && !function.broken()) {
      lastRound.function(function);
      known.add(function);
      IndexFacts facts = new FunctionFacts(bodies, events).of(function, type);
      marker(ClassName.get(type), type)
          .ifPresent(marker -> index.index(marker, function, facts, type));
    }
  }

  /** Reports a function that was complete when its class had been written without it. */
  private void tooLate(String name) {
    TypeElement type = elements.getTypeElement(name);
    if (type != null && new Unresolved(elements, events, Set.of()).in(type) == Missing.NOTHING) {
      problems.add(
          Diagnostic.Kind.ERROR,
          ProblemCode.LATE_ARRIVAL,
          Location.of(type),
          "The types of the function were generated after its class was written.",
          "Have them generated from what is not generated itself, or in another module.");
    }
  }

  /** What can be said of a function that is not complete, with nobody told what is wrong. */
  private FunctionModel outline(TypeElement type, Annotation annotation) {
    Problems silent = Problems.silent();
    return new FunctionScanner(
            elements, types, silent, events, new FunctionIds(silent), strays.owners(), null)
        .scan(type, annotation, false);
  }

  /** What types look like does not outlive a round. */
  private OptionChecks optionChecks() {
    return new OptionChecks(elements, events, new Payloads(elements, types), expressions);
  }

  private boolean isResultKnown(TypeElement type) {
    return new Unresolved(elements, events, Set.of()).isResultKnown(type);
  }

  private void writeEvents(Map<EventModel, TypeElement> newEvents) {
    EventWriter writer = new EventWriter(sink);
    newEvents.forEach(
        (event, type) -> {
          writer.write(event, List.of(type));
          ClassName source = event.source();
          lastRound.event(event);
          if (source != null && !events.isBroken(event.name())) {
            payloadJson.add(source);
            marker(source, type).ifPresent(marker -> index.index(marker, event, source, type));
          }
        });
  }

  /** The class that tells other modules: its name says which class it is for, and only that. */
  private Optional<ClassName> marker(ClassName source, TypeElement type) {
    String simple = source.simpleName();
    String name =
        simple.substring(0, Math.min(simple.length(), 60))
            + "_"
            + Ids.hash(source.canonicalName()).substring(0, 8);
    ClassName marker = ClassName.get(options.indexPackage(), name);
    boolean free =
        names.claim(
            marker,
            source.canonicalName(),
            Location.of(type),
            "The class " + marker + ", which is to be generated,",
            "Rename one of the two classes.");
    return free ? Optional.of(marker) : Optional.empty();
  }

  private void reportFailures() {
    for (SourceSink.Failure failure : new ArrayList<>(sink.failures())) {
      problems.add(
          ProblemCode.INTERNAL,
          Location.of(failure.origin()),
          "The file " + failure.file() + " could not be written: " + failure.message() + ".",
          "Look at the output folder; if nothing is wrong there, please report this message.");
    }
    sink.failures().clear();
  }
}
