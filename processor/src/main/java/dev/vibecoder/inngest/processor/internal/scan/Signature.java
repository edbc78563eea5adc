package dev.vibecoder.inngest.processor.internal.scan;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/**
 * A method as a class sees it: type variables of superclasses are what the class made of them.
 *
 * @param method the method
 * @param type its types
 */
record Signature(ExecutableElement method, ExecutableType type) {
  static Signature of(Types types, TypeElement owner, ExecutableElement method) {
    return new Signature(
        method, (ExecutableType) types.asMemberOf((DeclaredType) owner.asType(), method));
  }

  /**
   * A parameter.
   *
   * @param element where it is declared
   * @param type its type as the class sees it
   */
  record Input(VariableElement element, TypeMirror type) {
    String name() {
      return element.getSimpleName().toString();
    }
  }

  String name() {
    return method.getSimpleName().toString();
  }

  TypeMirror result() {
    return type.getReturnType();
  }

  List<? extends TypeMirror> thrown() {
    return type.getThrownTypes();
  }

  List<Input> inputs() {
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < method.getParameters().size(); i++) {
      inputs.add(new Input(method.getParameters().get(i), type.getParameterTypes().get(i)));
    }
    return inputs;
  }
}
