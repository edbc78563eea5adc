package dev.vibecoder.inngest.processor.internal.contract;

import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.StepModel;
import dev.vibecoder.inngest.processor.internal.shape.Shape;
import dev.vibecoder.inngest.processor.internal.shape.Shapes;
import java.util.List;

/**
 * What a module promises, with the shapes of everything that travels.
 *
 * @param packageName the module's package
 * @param events its events and those that start its functions, by name
 * @param functions its functions, by id
 * @param shapes defines what the shapes name
 */
public record ModuleContract(
    String packageName, List<EventEntry> events, List<FunctionEntry> functions, Shapes shapes) {
  public ModuleContract {
    events = List.copyOf(events);
    functions = List.copyOf(functions);
  }

  /** An event and its payload. */
  public record EventEntry(EventModel event, Shape payload) {
    public String name() {
      return event.name();
    }
  }

  /**
   * A function.
   *
   * @param steps its steps in order
   * @param sends names of the events that its code sends, as far as that is known
   */
  public record FunctionEntry(
      FunctionModel function, Shape result, List<StepEntry> steps, List<String> sends) {
    public FunctionEntry {
      steps = List.copyOf(steps);
      sends = List.copyOf(sends);
    }

    public String id() {
      return function.id();
    }
  }

  /** A step and its result. */
  public record StepEntry(StepModel step, Shape result) {}
}
