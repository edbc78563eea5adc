package dev.vibecoder.inngest.processor.internal.env;

import com.palantir.javapoet.ClassName;
import dev.vibecoder.inngest.processor.internal.contract.ContractFiles;
import dev.vibecoder.inngest.processor.internal.contract.ContractReader;
import dev.vibecoder.inngest.processor.internal.contract.ModuleContract;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.Trigger;
import dev.vibecoder.inngest.processor.internal.write.SourceSink;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** What is done when all functions, events and types are there: it is done once, for the module. */
final class LastRound {
  private final Types types;
  private final Elements elements;
  private final SourceSink sink;
  private final SortedMap<String, FunctionModel> functions = new TreeMap<>();
  private final SortedMap<String, EventModel> events = new TreeMap<>();

  LastRound(Types types, Elements elements, SourceSink sink) {
    this.types = types;
    this.elements = elements;
    this.sink = sink;
  }

  /** Remembers a function that is right. */
  void function(FunctionModel function) {
    functions.put(function.id(), function);
    for (Trigger trigger : function.triggers()) {
      if (trigger instanceof Trigger.OnEvent on) {
        events.putIfAbsent(on.event().name(), on.event());
      }
    }
  }

  /** Remembers an event that this module declares. */
  void event(EventModel event) {
    events.put(event.name(), event);
  }

  /** Whether the module has neither functions nor events. */
  boolean isEmpty() {
    return functions.isEmpty() && events.isEmpty();
  }

  /** Writes what the module promises. */
  void run(String packageName, Stream<ClassName> generated) {
    ModuleContract module =
        new ContractReader(types, elements).read(packageName, events, functions, Map.of());
    ContractFiles.of(module, generated, elements)
        .forEach((path, text) -> sink.resource(path, text, origins()));
  }

  private List<TypeElement> origins() {
    return Stream.concat(
            events.values().stream().map(EventModel::source).filter(Objects::nonNull),
            functions.values().stream().map(FunctionModel::source))
        .map(source -> elements.getTypeElement(source.canonicalName()))
        .filter(Objects::nonNull)
        .toList();
  }
}
