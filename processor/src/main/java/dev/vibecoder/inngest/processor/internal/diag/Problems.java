package dev.vibecoder.inngest.processor.internal.diag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Collects problems and prints each once; the only user of the {@link Messager}. */
public final class Problems {
  private final @Nullable Messager messager;
  private final Optional<SourceTree> source;
  private final Set<Problem> printed = new LinkedHashSet<>();
  private final List<Problem> collected = new ArrayList<>();

  public Problems(ProcessingEnvironment environment) {
    this.messager = environment.getMessager();
    this.source = SourceTree.of(environment);
  }

  private Problems() {
    this.messager = null;
    this.source = Optional.empty();
  }

  /** Problems that nobody is told of: those of a class that the compiler complains about itself. */
  public static Problems silent() {
    return new Problems();
  }

  /**
   * One thing that is wrong.
   *
   * @param text the fact and what to do
   */
  private record Problem(
      ProblemCode code, Diagnostic.Kind kind, @Nullable Location location, String text) {}

  /**
   * Collects a problem.
   *
   * @param fact what is wrong, with the bad value
   * @param fix what to do
   */
  public void add(ProblemCode code, Location location, String fact, String fix) {
    add(code.kind(), code, location, fact, fix);
  }

  /** Collects a problem of another kind than its own: what is doubtful may be made an error. */
  public void add(
      Diagnostic.Kind kind, ProblemCode code, Location location, String fact, String fix) {
    collected.add(new Problem(code, kind, location, fact + " " + fix));
  }

  /** Collects a problem that has no place in the source, such as an option's. */
  public void addGeneral(ProblemCode code, String fact, String fix) {
    collected.add(new Problem(code, code.kind(), null, fact + " " + fix));
  }

  /** How many problems were collected so far, warnings included. */
  public int count() {
    return collected.size() + printed.size();
  }

  /** How many errors were collected so far. */
  public long errors() {
    return java.util.stream.Stream.concat(collected.stream(), printed.stream())
        .filter(problem -> problem.kind() == Diagnostic.Kind.ERROR)
        .count();
  }

  /** Prints what was collected since the last time, in the order of the source. */
  public void print() {
    Messager told = messager;
    if (told != null) {
      collected.stream()
          .sorted(Comparator.comparing(problem -> SourceOrder.of(problem.location())))
          .filter(printed::add)
          .forEach(problem -> print(told, problem));
    }
    collected.clear();
  }

  private void print(Messager messager, Problem problem) {
    Diagnostic.Kind kind = problem.kind();
    Location location = problem.location();
    String message =
        "[inngest/" + problem.code().code() + "] " + prefix(messager, location) + problem.text();
    if (location == null) {
      messager.printMessage(kind, message);
      return;
    }
    if (source.filter(tree -> tree.print(kind, message, location)).isPresent()) {
      return;
    }
    Element element = location.element();
    AnnotationMirror annotation = location.annotation();
    AnnotationValue value = location.value();
    if (annotation == null) {
      messager.printMessage(kind, message, element);
    } else if (value == null) {
      messager.printMessage(kind, message, element, annotation);
    } else {
      messager.printMessage(kind, message, element, annotation, value);
    }
  }

  private static String prefix(Messager messager, @Nullable Location location) {
    return location != null && isPlaceless(messager, location.element())
        ? "In " + named(location.element()) + ": "
        : "";
  }

  /** Eclipse's batch compiler does not know where records are; the message says it instead. */
  private static boolean isPlaceless(Messager messager, Element element) {
    return messager.getClass().getName().startsWith("org.eclipse.jdt.internal.compiler.apt.")
        && (isRecord(element) || isRecord(element.getEnclosingElement()));
  }

  private static boolean isRecord(@Nullable Element element) {
    return element != null && element.getKind() == ElementKind.RECORD;
  }

  private static String named(Element element) {
    Element owner = element.getEnclosingElement();
    return isRecord(element) || owner == null
        ? element.toString()
        : owner + "." + element.getSimpleName();
  }
}
