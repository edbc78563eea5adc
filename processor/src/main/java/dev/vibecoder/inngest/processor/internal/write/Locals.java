package dev.vibecoder.inngest.processor.internal.write;

import com.palantir.javapoet.NameAllocator;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.Inputs;
import dev.vibecoder.inngest.processor.internal.model.Parameter;

/** The names inside {@code define}: none is taken twice, and none hides a class that is used. */
final class Locals {
  private static final String FUNCTION = "function";
  private static final String EVENT = "event";
  private static final String EVENTS = "events";
  private static final String STEPS = "steps";
  private static final String FAILURE = "failure";

  private final NameAllocator names = new NameAllocator();
  private final Inputs inputs;

  Locals(FunctionModel function) {
    this.inputs = function.inputs();
    names.newName(Names.DEFINITION.simpleName());
    names.newName(Names.EVENT_TYPE.simpleName());
    function.triggers().forEach(trigger -> names.newName(trigger.type().simpleName(), trigger));
    for (int i = 0; i < function.constructor().size(); i++) {
      Parameter parameter = function.constructor().get(i);
      names.newName(parameter.name(), parameter);
    }
    names.newName(FUNCTION, FUNCTION);
    names.newName(inputs.batch() ? EVENTS : EVENT, EVENT);
    names.newName(STEPS, STEPS);
    names.newName(FAILURE, FAILURE);
  }

  String of(Parameter parameter) {
    return names.get(parameter);
  }

  String function() {
    return names.get(FUNCTION);
  }

  String event() {
    return names.get(EVENT);
  }

  String steps() {
    return names.get(STEPS);
  }

  /** How what the function is handed is got at. */
  Handed handed() {
    return new Handed(inputs, event(), steps(), failure());
  }

  String failure() {
    return names.get(FAILURE);
  }
}
