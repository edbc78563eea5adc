package dev.vibecoder.inngest.processor.internal.validate;

import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.scan.Annotation;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;

/** What the class of a function must be, so that a durable subclass can be made of it. */
public final class ClassRules {
  private ClassRules() {}

  /**
   * Reports what forbids a subclass; at most one problem of the class itself.
   *
   * @return whether a subclass is possible as far as the class itself goes
   */
  public static boolean check(TypeElement type, Problems problems) {
    long before = problems.errors();
    String name = type.getSimpleName().toString();
    Location here = Location.of(type);
    if (type.getKind() != ElementKind.CLASS) {
      problems.add(
          ProblemCode.FUNCTION_KIND,
          here,
          "@InngestFunction is on the " + kind(type) + " " + name + ".",
          "A function is a class.");
    } else if (type.getModifiers().contains(Modifier.FINAL)) {
      problems.add(
          ProblemCode.FUNCTION_FINAL,
          here,
          "The function class " + name + " is final.",
          "Remove final: its steps are made durable in a subclass.");
    } else if (type.getModifiers().contains(Modifier.SEALED)) {
      problems.add(
          ProblemCode.FUNCTION_SEALED,
          here,
          "The function class " + name + " is sealed.",
          "Remove sealed: its steps are made durable in a subclass.");
    } else if (type.getModifiers().contains(Modifier.ABSTRACT)) {
      problems.add(
          ProblemCode.FUNCTION_ABSTRACT,
          here,
          "The function class " + name + " is abstract.",
          "Remove abstract, or put @InngestFunction on a subclass that is not.");
    } else if (!type.getTypeParameters().isEmpty()) {
      problems.add(
          ProblemCode.FUNCTION_GENERIC,
          here,
          "The function class " + name + " has type parameters.",
          "Use the real types: results are decoded by them.");
    } else {
      nesting(type, problems);
    }
    return problems.errors() == before;
  }

  private static String kind(TypeElement type) {
    return switch (type.getKind()) {
      case RECORD -> "record";
      case ENUM -> "enum";
      case ANNOTATION_TYPE -> "annotation";
      default -> "interface";
    };
  }

  private static void nesting(TypeElement type, Problems problems) {
    for (Element at = type; at instanceof TypeElement; at = at.getEnclosingElement()) {
      boolean nested = at.getEnclosingElement() instanceof TypeElement;
      if (at.getModifiers().contains(Modifier.PRIVATE)) {
        problems.add(
            ProblemCode.FUNCTION_NESTED,
            Location.of(type),
            "The function class " + type.getSimpleName() + " is in a private class, or is one.",
            "Make it at least package-private, so that generated code can use it.");
        return;
      }
      if (nested
          && at.getKind() == ElementKind.CLASS
          && !at.getModifiers().contains(Modifier.STATIC)) {
        problems.add(
            ProblemCode.FUNCTION_NESTED,
            Location.of(type),
            "The function class " + type.getSimpleName() + " is an inner class.",
            "Make it static, or move it to a file of its own.");
        return;
      }
    }
  }

  /**
   * Reports state that can change.
   *
   * @param fields the class's own fields and those it inherits
   */
  public static void state(TypeElement type, List<VariableElement> fields, Problems problems) {
    for (VariableElement field : fields) {
      boolean mutable =
          !field.getModifiers().contains(Modifier.STATIC)
              && !field.getModifiers().contains(Modifier.FINAL)
              && !Annotation.anyNamed(field, "Inject")
              && !Annotation.anyNamed(field, "Autowired");
      if (mutable) {
        boolean own = type.equals(field.getEnclosingElement());
        problems.add(
            ProblemCode.FUNCTION_STATE,
            Location.of(own ? field : type),
            "The field "
                + field.getSimpleName()
                + (own ? "" : ", inherited from " + field.getEnclosingElement() + ",")
                + " of a function class can change.",
            "Make it final: one instance serves all runs, and what it holds is not remembered.");
      }
    }
  }

  /** The constructor that generated code calls, or empty and a problem. */
  public static Optional<ExecutableElement> constructor(TypeElement type, Problems problems) {
    List<ExecutableElement> usable =
        ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
            .filter(constructor -> !constructor.getModifiers().contains(Modifier.PRIVATE))
            .toList();
    if (usable.size() == 1) {
      return Optional.of(usable.get(0));
    }
    List<ExecutableElement> injected =
        usable.stream().filter(constructor -> Annotation.anyNamed(constructor, "Inject")).toList();
    if (injected.size() == 1) {
      return Optional.of(injected.get(0));
    }
    problems.add(
        ProblemCode.FUNCTION_CONSTRUCTOR,
        Location.of(type),
        usable.isEmpty()
            ? "The function class " + type.getSimpleName() + " has only private constructors."
            : "The function class "
                + type.getSimpleName()
                + " has "
                + usable.size()
                + " constructors that could be meant.",
        usable.isEmpty()
            ? "Make one at least package-private."
            : "Annotate one of them with @Inject, or leave only one.");

    return Optional.empty();
  }
}
