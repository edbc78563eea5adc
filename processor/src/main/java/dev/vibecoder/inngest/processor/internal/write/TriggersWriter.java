package dev.vibecoder.inngest.processor.internal.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.vibecoder.inngest.processor.internal.model.Argument;
import dev.vibecoder.inngest.processor.internal.model.Call;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.FlowModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.Inputs;
import dev.vibecoder.inngest.processor.internal.model.Trigger;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what starts a function, as the first call of its definition. */
final class TriggersWriter {
  private final FunctionModel function;
  private final Locals locals;
  private final Map<EventModel, String> patterns = new HashMap<>();

  TriggersWriter(FunctionModel function, Locals locals) {
    this.function = function;
    this.locals = locals;
  }

  /**
   * Variables for patterns that several triggers name: it must be the same type in all of them.
   * Comes before the call.
   */
  CodeBlock variables() {
    CodeBlock.Builder code = CodeBlock.builder();
    Set<EventModel> seen = new LinkedHashSet<>();
    for (Trigger trigger : function.triggers()) {
      if (trigger instanceof Trigger.OnEvent on
          && on.event().isPattern()
          && !seen.add(on.event())
          && !patterns.containsKey(on.event())) {
        String name = locals.pattern(on.event());
        code.addStatement(
            "$T $L = $T.json($S)",
            ParameterizedTypeName.get(Names.EVENT_TYPE, Names.JSON_EVENT),
            name,
            Names.EVENT_TYPE,
            on.event().name());
        patterns.put(on.event(), name);
      }
    }
    return code.build();
  }

  /** The call, without the dot before it. */
  CodeBlock call() {
    List<Trigger> triggers = function.triggers();
    if (triggers.isEmpty()) {
      return CodeBlock.of("onInvoke($L)", Types.ref(function.input()));
    }
    if (triggers.stream().allMatch(TriggersWriter::isPlainSchedule)) {
      return CodeBlock.of(
          "onCron($L)",
          triggers.stream()
              .map(trigger -> CodeBlock.of("$S", ((Trigger.OnSchedule) trigger).cron()))
              .collect(CodeBlock.joining(", ")));
    }
    if (triggers.size() == 1 && triggers.get(0) instanceof Trigger.OnEvent on) {
      return on.when() == null
          ? CodeBlock.of("on($L)", type(on.event()))
          : CodeBlock.of("on($L, $S)", type(on.event()), on.when());
    }
    if (triggers.stream().allMatch(TriggersWriter::isPlainEvent)) {
      return CodeBlock.of(
          "onAny($L)",
          Stream.concat(
                  triggers.stream().map(trigger -> type(((Trigger.OnEvent) trigger).event())),
                  invoked())
              .collect(CodeBlock.joining(", ")));
    }
    CodeBlock all =
        Stream.concat(
                triggers.stream().map(this::trigger),
                invoked()
                    .map(type -> CodeBlock.of("$T.event($L)", Names.function("Trigger"), type)))
            .collect(CodeBlock.joining(",\n"));
    return function.inputs().mixed()
        ? CodeBlock.of("onAny(\n$>$>$L$<$<)", all)
        : CodeBlock.of("onEach(\n$>$>$L,\n$L$<$<)", type(triggers.get(0)), all);
  }

  /**
   * What the code is handed instead of one of several events when the function is invoked: it casts
   * the payload of whatever comes.
   */
  private Stream<CodeBlock> invoked() {
    Inputs inputs = function.inputs();
    TypeName payload = inputs.payload();
    boolean cast = inputs.mixed() && payload != null && !payload.equals(Names.JSON_NODE);
    return cast && readsPayload()
        ? Stream.of(CodeBlock.of("$T.type($L)", Names.INVOKED_EVENT, Types.ref(payload)))
        : Stream.empty();
  }

  private boolean readsPayload() {
    Call handler = function.handler();
    Stream<Call> calls =
        handler == null
            ? function.flow().nodes().stream().map(FlowModel.Node::call)
            : Stream.of(handler);
    return calls
        .flatMap(call -> call.arguments().stream())
        .anyMatch(
            argument ->
                argument == Argument.Known.PAYLOAD || argument instanceof Argument.Component);
  }

  private static boolean isPlainSchedule(Trigger trigger) {
    return trigger instanceof Trigger.OnSchedule schedule && schedule.jitter() == null;
  }

  private static boolean isPlainEvent(Trigger trigger) {
    return trigger instanceof Trigger.OnEvent on && on.when() == null;
  }

  private CodeBlock trigger(Trigger trigger) {
    if (trigger instanceof Trigger.OnSchedule schedule) {
      CodeBlock cron = CodeBlock.of("$T.cron($S)", Names.function("Trigger"), schedule.cron());
      return schedule.jitter() == null
          ? cron
          : CodeBlock.of("$L.jitter($L)", cron, OptionsWriter.duration(schedule.jitter()));
    }
    Trigger.OnEvent on = (Trigger.OnEvent) trigger;
    CodeBlock event = CodeBlock.of("$T.event($L)", Names.function("Trigger"), type(on.event()));
    return on.when() == null ? event : CodeBlock.of("$L.when($S)", event, on.when());
  }

  private CodeBlock type(Trigger trigger) {
    return trigger instanceof Trigger.OnEvent on
        ? type(on.event())
        : CodeBlock.of("$T.TYPE", Names.CRON_EVENT);
  }

  private CodeBlock type(EventModel event) {
    if (!event.isPattern()) {
      return CodeBlock.of("$T.TYPE", event.type());
    }
    String variable = patterns.get(event);
    return variable == null
        ? CodeBlock.of("$T.json($S)", Names.EVENT_TYPE, event.name())
        : CodeBlock.of("$L", variable);
  }

  /** The names of the events' classes, which variables must not hide. */
  static Set<String> classes(FunctionModel function) {
    return function.triggers().stream()
        .filter(Trigger.OnEvent.class::isInstance)
        .map(trigger -> ((Trigger.OnEvent) trigger).event().type().simpleName())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
