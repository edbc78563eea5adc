package dev.vibecoder.inngest.processor.internal.lock;

import dev.vibecoder.inngest.processor.internal.body.Bodies;
import dev.vibecoder.inngest.processor.internal.body.ClassBody;
import dev.vibecoder.inngest.processor.internal.contract.ModuleContract;
import dev.vibecoder.inngest.processor.internal.model.Call;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.shape.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** Makes what is locked from what was compiled. */
final class Locked {
  private final Elements elements;
  private final Bodies bodies;
  private final LockedModule former;

  /**
   * Makes a reader.
   *
   * @param former what was locked before: it tells what cannot be seen now
   */
  Locked(Elements elements, Bodies bodies, LockedModule former) {
    this.elements = elements;
    this.bodies = bodies;
    this.former = former;
  }

  LockedModule of(ModuleContract module) {
    SortedMap<String, LockedModule.Function> functions = new TreeMap<>();
    for (ModuleContract.FunctionEntry entry : module.functions()) {
      function(entry).ifPresent(function -> functions.put(entry.id(), function));
    }
    return new LockedModule(functions, module.shapes().definitions());
  }

  private Optional<LockedModule.Function> function(ModuleContract.FunctionEntry entry) {
    FunctionModel function = entry.function();
    Call handler = function.handler();
    Map<String, LockedModule.Step> methods = new LinkedHashMap<>();
    for (ModuleContract.StepEntry step : entry.steps()) {
      methods.put(step.step().method(), method(step));
    }
    if (handler == null) {
      return Optional.of(function(entry, !function.flow().graph(), methods.values()));
    }
    TypeElement type = elements.getTypeElement(function.source().canonicalName());
    Optional<ClassBody> body = type == null ? Optional.empty() : bodies.source(type);
    return body.isPresent()
        ? Optional.of(function(entry, true, called(handler, body.get(), methods)))
        : asBefore(entry, methods.values());
  }

  private static LockedModule.Function function(
      ModuleContract.FunctionEntry entry, boolean ordered, Collection<LockedModule.Step> steps) {
    return new LockedModule.Function(
        entry.id(),
        entry.function().source().canonicalName(),
        ordered,
        entry.result(),
        List.copyOf(steps),
        0);
  }

  private static LockedModule.Step method(ModuleContract.StepEntry entry) {
    return new LockedModule.Step(
        LockedModule.Step.METHOD, entry.step().id(), entry.step().key() != null, entry.result(), 0);
  }

  /** The steps of a handler in the order of its code, then those that it does not call itself. */
  private static Collection<LockedModule.Step> called(
      Call handler, ClassBody body, Map<String, LockedModule.Step> methods) {
    Map<String, LockedModule.Step> found = new LinkedHashMap<>();
    for (ClassBody.Call call : body.callsFrom(handler.method(), methods.keySet())) {
      LockedModule.Step step =
          call.operation().isEmpty()
              ? methods.get(call.name())
              : new LockedModule.Step(call.operation(), call.name(), false, new Shape.Any(), 0);
      if (step != null) {
        found.putIfAbsent(step.id(), step);
      }
    }
    methods.values().forEach(step -> found.putIfAbsent(step.id(), step));
    return found.values();
  }

  /**
   * The code of the handler is not seen: its steps come in the order that was kept when it was.
   * Where that is not the order of these steps, nothing is known until it is seen again.
   */
  private Optional<LockedModule.Function> asBefore(
      ModuleContract.FunctionEntry entry, Collection<LockedModule.Step> methods) {
    LockedModule.@Nullable Function before = former.functions().get(entry.id());
    if (before == null) {
      return Optional.empty();
    }
    Map<String, LockedModule.Step> now = new LinkedHashMap<>();
    methods.forEach(step -> now.put(step.id(), step));
    List<LockedModule.Step> steps = new ArrayList<>();
    for (LockedModule.Step step : before.steps()) {
      LockedModule.Step same = now.remove(step.id());
      if (same != null) {
        steps.add(same);
      } else if (step.kind().equals(LockedModule.Step.METHOD)) {
        return Optional.of(before);
      } else {
        steps.add(step);
      }
    }
    return Optional.of(now.isEmpty() ? function(entry, true, steps) : before);
  }
}
