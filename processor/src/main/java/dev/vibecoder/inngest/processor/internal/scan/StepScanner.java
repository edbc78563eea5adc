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
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
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

  StepScanner(Elements elements, Types types, Problems problems) {
    this.elements = elements;
    this.types = types;
    this.problems = problems;
    this.json = new JsonTypes(types, elements);
  }

  /** A step and the method it was read from. */
  record Step(StepModel model, ExecutableElement method) {}

  /** All steps, those of superclasses first, else in the order of their declaration. */
  List<Step> scan(TypeElement type, TypeNames names) {
    List<Step> steps = new ArrayList<>();
    StepIds ids = new StepIds(problems);
    for (ExecutableElement method : methods(type)) {
      Annotation.of(method, "Step")
          .ifPresent(annotation -> steps.add(step(type, method, annotation, ids, names)));
    }
    return steps;
  }

  private List<ExecutableElement> methods(TypeElement type) {
    List<ExecutableElement> methods = new ArrayList<>();
    if (type.getSuperclass().getKind() == TypeKind.DECLARED) {
      TypeElement parent = (TypeElement) ((DeclaredType) type.getSuperclass()).asElement();
      for (ExecutableElement inherited : methods(parent)) {
        boolean overridden =
            ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                .anyMatch(own -> elements.overrides(own, inherited, type));
        if (!overridden) {
          methods.add(inherited);
        }
      }
    }
    methods.addAll(ElementFilter.methodsIn(type.getEnclosedElements()));
    return methods;
  }

  private Step step(
      TypeElement type,
      ExecutableElement method,
      Annotation annotation,
      StepIds ids,
      TypeNames names) {
    String name = method.getSimpleName().toString();
    Location here =
        type.equals(method.getEnclosingElement()) ? Location.of(method) : Location.of(type);
    inherited(type, method, here);
    StepRules.check(method, here, json, problems);
    String id = annotation.text("value").orElseGet(() -> Ids.kebab(name));
    ids.check(id, name, annotation.text("value").isPresent() ? annotation.at("value") : here);
    TypeMirror result = method.getReturnType();
    return new Step(
        new StepModel(
            name,
            id,
            Ids.hash(id),
            annotation.text("name").orElse(id),
            result.getKind() == TypeKind.VOID ? null : names.of(result),
            access(method),
            method.getParameters().stream()
                .map(
                    parameter ->
                        new Parameter(
                            parameter.getSimpleName().toString(), names.of(parameter.asType())))
                .toList(),
            method.getThrownTypes().stream().map(names::of).toList(),
            rethrown(method, names)),
        method);
  }

  private void inherited(TypeElement type, ExecutableElement method, Location here) {
    Element owner = method.getEnclosingElement();
    boolean foreign = !elements.getPackageOf(owner).equals(elements.getPackageOf(type));
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
    }
  }

  private static @Nullable Modifier access(ExecutableElement method) {
    if (method.getModifiers().contains(Modifier.PUBLIC)) {
      return Modifier.PUBLIC;
    }
    return method.getModifiers().contains(Modifier.PROTECTED) ? Modifier.PROTECTED : null;
  }

  /** Declared exceptions that can be made again; a subclass comes before its superclass. */
  private List<StepModel.Rethrown> rethrown(ExecutableElement method, TypeNames names) {
    List<TypeMirror> declared = new ArrayList<>();
    for (TypeMirror thrown : method.getThrownTypes()) {
      if (thrown.getKind() == TypeKind.DECLARED && isException(thrown)) {
        int before = 0;
        while (before < declared.size() && !types.isSubtype(thrown, declared.get(before))) {
          before++;
        }
        declared.add(before, thrown);
      }
    }
    List<StepModel.Rethrown> rethrown = new ArrayList<>();
    for (TypeMirror thrown : declared) {
      TypeElement type = (TypeElement) ((DeclaredType) thrown).asElement();
      TypeName name = names.of(thrown);
      if (type.getModifiers().contains(Modifier.ABSTRACT)) {
        continue;
      }
      if (hasConstructor(type, method, "java.lang.String", "java.lang.Throwable")) {
        rethrown.add(new StepModel.Rethrown(name, true));
      } else if (hasConstructor(type, method, "java.lang.String")) {
        rethrown.add(new StepModel.Rethrown(name, false));
      }
    }
    return rethrown;
  }

  private boolean isException(TypeMirror thrown) {
    TypeElement exception = elements.getTypeElement("java.lang.Exception");
    return exception != null && types.isSubtype(thrown, exception.asType());
  }

  private boolean hasConstructor(TypeElement type, ExecutableElement method, String... parameters) {
    return ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
        .filter(
            constructor ->
                constructor.getModifiers().contains(Modifier.PUBLIC)
                    || (!constructor.getModifiers().contains(Modifier.PRIVATE)
                        && elements.getPackageOf(type).equals(elements.getPackageOf(method))))
        .anyMatch(
            constructor ->
                constructor.getParameters().stream()
                    .map(parameter -> parameter.asType().toString())
                    .toList()
                    .equals(List.of(parameters)));
  }
}
