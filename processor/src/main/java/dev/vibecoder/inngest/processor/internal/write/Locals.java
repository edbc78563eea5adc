package dev.vibecoder.inngest.processor.internal.write;

import com.palantir.javapoet.NameAllocator;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.Inputs;
import dev.vibecoder.inngest.processor.internal.model.Parameter;
import java.util.Optional;
import java.util.Set;

/** The names inside {@code define}: none is taken twice, and none hides a class that is used. */
final class Locals {
  private static final String FUNCTION = "function";
  private static final String EVENT = "event";
  private static final String EVENTS = "events";
  private static final String STEPS = "steps";
  private static final String FAILURE = "failure";
  private static final String CANCELLATION = "cancellation";
  private static final String PATTERN = "pattern";

  private final NameAllocator names = new NameAllocator();
  private final Inputs inputs;

  Locals(FunctionModel function) {
    this.inputs = function.inputs();
    names.newName(Names.DEFINITION.simpleName());
    names.newName(Names.EVENT_TYPE.simpleName());
    Set<String> classes = TriggersWriter.classes(function);
    classes.add("Trigger");
    classes.add(Names.CRON_EVENT.simpleName());
    classes.add(Names.INVOKED_EVENT.simpleName());
    classes.add(Names.TYPE_REF.simpleName());
    OptionsWriter.NAMES.forEach(option -> classes.add(option.simpleName()));
    function.options().cancelOn().stream()
        .flatMap(rule -> Optional.ofNullable(rule.type()).stream())
        .forEach(type -> classes.add(type.simpleName()));
    classes.forEach(name -> names.newName(name));
    for (int i = 0; i < function.constructor().size(); i++) {
      Parameter parameter = function.constructor().get(i);
      names.newName(parameter.name(), parameter);
    }
    names.newName(FUNCTION, FUNCTION);
    names.newName(inputs.batch() ? EVENTS : EVENT, EVENT);
    names.newName(STEPS, STEPS);
    names.newName(FAILURE, FAILURE);
    names.newName(CANCELLATION, CANCELLATION);
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

  String failure() {
    return names.get(FAILURE);
  }

  String cancellation() {
    return names.get(CANCELLATION);
  }

  /** A variable for a pattern. */
  String pattern(EventModel event) {
    return names.newName(PATTERN, event);
  }

  /**
   * How what a handler is handed is got at.
   *
   * @param first its first variable: the event, the failure or the cancellation
   */
  Handed handed(String first) {
    return new Handed(inputs, event(), steps(), first);
  }
}
