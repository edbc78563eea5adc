package dev.vibecoder.inngest.processor.internal.env;

import com.palantir.javapoet.ClassName;
import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.scan.Annotation;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * The one registry of the classes that are generated. A class is claimed before it is written;
 * nothing is written without a claim, so that nothing is overwritten and nothing written twice.
 */
public final class GeneratedNames {
  /** What file systems take, less what a nested class adds: {@code $Durable.class}. */
  private static final int MAX_BYTES = 255 - "$Durable.class".length();

  private final Elements elements;
  private final Problems problems;
  private final Predicate<ClassName> ownOutput;
  private final Map<String, String> owners = new HashMap<>();

  /**
   * Makes an empty registry.
   *
   * @param ownOutput whether a class is in the output of this compilation's module from last time
   */
  GeneratedNames(Elements elements, Problems problems, Predicate<ClassName> ownOutput) {
    this.elements = elements;
    this.problems = problems;
    this.ownOutput = ownOutput;
  }

  /**
   * Claims a class, or reports why it cannot be generated.
   *
   * @param owner what the class is generated for, such as {@code the function app.F}
   * @param subject how a report begins: the class and what it is for
   * @param fix what to do
   * @return whether it can be generated
   */
  public boolean claim(ClassName type, String owner, Location at, String subject, String fix) {
    Optional<String> problem = problem(type);
    if (problem.isPresent()) {
      problems.add(ProblemCode.GENERATED_NAME, at, subject + problem.get(), fix);
      return false;
    }
    owners.put(type.canonicalName(), owner);
    return true;
  }

  /** Whether a claim would succeed. */
  boolean isFree(ClassName type) {
    return problem(type).isEmpty();
  }

  private Optional<String> problem(ClassName type) {
    String owner = owners.get(type.canonicalName());
    if (owner != null) {
      return Optional.of(" is also generated for " + owner + ".");
    }
    int bytes = type.simpleName().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      return Optional.of(
          " has a name of " + bytes + " bytes; files can have " + MAX_BYTES + " at most.");
    }
    TypeElement existing = elements.getTypeElement(type.canonicalName());
    if (existing == null) {
      return Optional.empty();
    }
    if (Annotation.of(existing, "InngestGenerated").isEmpty()) {
      return Optional.of(" exists already.");
    }
    return ownOutput.test(type) ? Optional.empty() : Optional.of(" exists already in another jar.");
  }
}
