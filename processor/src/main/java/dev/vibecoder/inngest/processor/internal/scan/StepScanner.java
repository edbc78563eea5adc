package dev.vibecoder.inngest.processor.internal.scan;

import com.palantir.javapoet.TypeName;
import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.model.Parameter;
import dev.vibecoder.inngest.processor.internal.model.StepModel;
import dev.vibecoder.inngest.processor.internal.validate.Ids;
import dev.vibecoder.inngest.processor.internal.validate.JsonTypes;
import dev.vibecoder.inngest.processor.internal.validate.StepIds;
import dev.vibecoder.inngest.processor.internal.validate.StepRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads the steps of a function class. */
final class StepScanner {
  private final Elements elements;
  private final Types types;
  private final Problems problems;
  private final JsonTypes json;
  private final TypeElement type;
  private final TypeNames names;
  private final Set<String> reported;
  private final EntryRules entries;
  private final PolicyScanner policies;
  private final KeyScanner keys;

  StepScanner(
      Elements elements,
      Types types,
      Problems problems,
      TypeElement type,
      TypeNames names,
      Set<String> reported) {
    this.elements = elements;
    this.types = types;
    this.problems = problems;
    this.json = new JsonTypes(types, elements);
    this.type = type;
    this.names = names;
    this.reported = reported;
    this.entries = new EntryRules(problems, names, types, elements);
    this.policies = new PolicyScanner(problems, names);
    this.keys = new KeyScanner(elements, types, problems, names);
  }

  /**
   * A step and the method it was read from.
   *
   * @param here its method, or the class that inherits it
   * @param sound whether nothing is wrong with its method
   */
  record Step(
      StepModel model, Signature signature, Annotation annotation, Location here, boolean sound) {
    String id() {
      return model.id();
    }

    String method() {
      return model.method();
    }

    TypeMirror result() {
      return signature.result();
    }

    /** The place of a member of its annotation, or the class that inherits the step. */
    Location at(String member) {
      return isOwn() ? annotation.at(member) : here;
    }

    /** The place of one of the texts of its annotation, or the class that inherits the step. */
    Location at(Annotation.Text text) {
      return isOwn() ? text.location() : here;
    }

    private boolean isOwn() {
      return here.element().equals(signature.method());
    }
  }

  /** All steps, those of superclasses first, else in the order of their declaration. */
  List<Step> scan(Members members) {
    List<Step> steps = new ArrayList<>();
    StepIds ids = new StepIds(problems);
    for (ExecutableElement method : members.annotated("Step")) {
      Annotation annotation = Annotation.of(method, "Step").orElseThrow();
      if (isAbstract(method)) {
        // Then the class is, or does not compile.
        continue;
      }
      steps.add(step(Signature.of(types, type, method), annotation, ids));
    }
    for (Step step : steps) {
      step.annotation()
          .texts("formerly")
          .forEach(old -> ids.checkFormer(old.value(), step.method(), step.id(), step.at(old)));
    }
    return steps;
  }

  private static boolean isAbstract(ExecutableElement method) {
    return method.getModifiers().contains(Modifier.ABSTRACT);
  }

  private Step step(Signature signature, Annotation annotation, StepIds ids) {
    long before = problems.errors();
    ExecutableElement method = signature.method();
    boolean own = type.equals(method.getEnclosingElement());
    Location here = own ? Location.of(method) : Location.of(type);
    if (inherited(method, here)) {
      StepRules.check(method, here, problems);
      if (StepRules.hasRealTypes(method) && type.getTypeParameters().isEmpty()) {
        String subject = "Step " + signature.name();
        entries.throwsWhatCanBeThrown(signature, here, subject, ProblemCode.STEP_THROWS);
        if (result(signature, here)) {
          entries.namesWhatCanBeNamed(signature, here, subject);
        }
      }
    }
    boolean sound = problems.errors() == before;
    Optional<String> given = annotation.text("value");
    String id = given.orElseGet(() -> Ids.kebab(signature.name()));
    ids.check(id, signature.name(), own && given.isPresent() ? annotation.at("value") : here);
    StepModel.Policy policy = policies.scan(signature.name(), annotation, own ? null : here);
    StepModel.Key key = sound ? keys.scan(signature).orElse(null) : null;
    return new Step(
        model(signature, id, annotation, policy, key), signature, annotation, here, sound);
  }

  private StepModel model(
      Signature signature,
      String id,
      Annotation annotation,
      StepModel.Policy policy,
      StepModel.@Nullable Key key) {
    TypeMirror result = signature.result();
    boolean nothing = result.getKind() == TypeKind.VOID;
    return new StepModel(
        signature.name(),
        id,
        Ids.hash(id),
        annotation.text("name").orElse(id),
        nothing ? null : names.of(result),
        nothing ? null : names.signature(result),
        access(signature.method()),
        signature.inputs().stream()
            .map(input -> new Parameter(input.name(), names.signature(input.type())))
            .toList(),
        signature.thrown().stream().map(names::of).toList(),
        rethrown(signature),
        policy,
        key);
  }

  private boolean result(Signature signature, Location here) {
    Optional<String> problem = json.problem(signature.result());
    problem.ifPresent(
        path ->
            problems.add(
                ProblemCode.STEP_RESULT,
                here,
                "The result of step " + signature.name() + " cannot be kept as JSON: " + path + ".",
                "Return a record, or another type that Jackson can write and read."));
    return problem.isEmpty();
  }

  private boolean inherited(ExecutableElement method, Location here) {
    Element owner = method.getEnclosingElement();
    if (owner != null && owner.getKind() == ElementKind.INTERFACE) {
      if (reported.contains(owner.toString())) {
        return false;
      }
      problems.add(
          ProblemCode.STEP_INHERITED,
          here,
          "Step " + method.getSimpleName() + " is inherited from the interface " + owner + ".",
          "Steps belong to classes: override it here, with @Step.");
      return false;
    }
    boolean foreign = !elements.getPackageOf(method).equals(elements.getPackageOf(type));
    if (foreign && access(method) == null && !method.getModifiers().contains(Modifier.PRIVATE)) {
      problems.add(
          ProblemCode.STEP_INHERITED,
          here,
          "Step "
              + method.getSimpleName()
              + " is inherited from "
              + owner
              + " in another package, where it is package-private.",
          "Make it protected: it is overridden to be durable.");
      return false;
    }
    return true;
  }

  private static @Nullable Modifier access(ExecutableElement method) {
    if (method.getModifiers().contains(Modifier.PUBLIC)) {
      return Modifier.PUBLIC;
    }
    return method.getModifiers().contains(Modifier.PROTECTED) ? Modifier.PROTECTED : null;
  }

  /** Declared exceptions that can be made again; a subclass comes before its superclass. */
  private List<StepModel.Rethrown> rethrown(Signature signature) {
    List<TypeMirror> declared = new ArrayList<>();
    for (TypeMirror thrown : signature.thrown()) {
      if (thrown.getKind() == TypeKind.DECLARED && entries.isA(thrown, "java.lang.Exception")) {
        int before = 0;
        while (before < declared.size() && !types.isSubtype(thrown, declared.get(before))) {
          before++;
        }
        declared.add(before, thrown);
      }
    }
    List<StepModel.Rethrown> rethrown = new ArrayList<>();
    for (TypeMirror thrown : declared) {
      TypeElement exception = (TypeElement) ((DeclaredType) thrown).asElement();
      TypeName name = names.of(thrown);
      if (!isConstructible(exception)) {
        continue;
      }
      if (hasConstructor(exception, "java.lang.String", "java.lang.Throwable")) {
        rethrown.add(new StepModel.Rethrown(name, true));
      } else if (hasConstructor(exception, "java.lang.String")) {
        rethrown.add(new StepModel.Rethrown(name, false));
      }
    }
    return rethrown;
  }

  private static boolean isConstructible(TypeElement exception) {
    boolean inner =
        exception.getNestingKind().isNested()
            && !exception.getModifiers().contains(Modifier.STATIC);
    return !inner && !exception.getModifiers().contains(Modifier.ABSTRACT);
  }

  private boolean hasConstructor(TypeElement exception, String... parameters) {
    return ElementFilter.constructorsIn(exception.getEnclosedElements()).stream()
        .filter(constructor -> isUsable(constructor, exception))
        .map(ExecutableElement::getParameters)
        .anyMatch(given -> isExactly(given, parameters));
  }

  private boolean isUsable(ExecutableElement constructor, TypeElement exception) {
    boolean accessible =
        constructor.getModifiers().contains(Modifier.PUBLIC)
            || (!constructor.getModifiers().contains(Modifier.PRIVATE)
                && elements.getPackageOf(exception).equals(elements.getPackageOf(type)));
    return accessible && constructor.getThrownTypes().stream().noneMatch(entries::isChecked);
  }

  private static boolean isExactly(List<? extends VariableElement> given, String... classes) {
    boolean exactly = given.size() == classes.length;
    for (int i = 0; exactly && i < classes.length; i++) {
      // By element: what a type is annotated with makes no difference.
      exactly =
          given.get(i).asType() instanceof DeclaredType declared
              && ((TypeElement) declared.asElement()).getQualifiedName().contentEquals(classes[i]);
    }
    return exactly;
  }
}
