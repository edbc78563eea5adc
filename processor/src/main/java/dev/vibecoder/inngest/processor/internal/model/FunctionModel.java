package dev.vibecoder.inngest.processor.internal.model;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A function.
 *
 * @param id its id
 * @param name the name for people, empty if none was given
 * @param description what it does, empty if it was not told
 * @param source the annotated class
 * @param generated the class generated for it
 * @param triggers what starts it; none if only others invoke it, or if it is broken
 * @param options how the server treats it
 * @param constructor parameters of the constructor
 * @param steps its steps in order
 * @param handler the call of its handler, or null for a declarative function
 * @param flow how its steps follow one another, in a declarative function
 * @param onFailure its failure handler, or null
 * @param onCancelled its cancellation handler, or null
 * @param inputs what its code is handed
 * @param input type of the payload that it is invoked with
 * @param result type of what it returns, null for nothing
 * @param members names of all methods of the class, which generated ones must not take
 * @param nestedTypes simple names of the classes that the class has or inherits
 * @param visible whether input and result are public
 * @param deprecated whether naming its types gives a warning
 * @param broken whether it has errors: only its signatures are generated
 */
public record FunctionModel(
    String id,
    String name,
    String description,
    ClassName source,
    ClassName generated,
    List<Trigger> triggers,
    FunctionOptions options,
    List<Parameter> constructor,
    List<StepModel> steps,
    @Nullable Call handler,
    FlowModel flow,
    @Nullable Companion onFailure,
    @Nullable Companion onCancelled,
    Inputs inputs,
    TypeName input,
    @Nullable TypeName result,
    Set<String> members,
    Set<String> nestedTypes,
    boolean visible,
    boolean deprecated,
    boolean broken) {

  /** What all functions of the module together know of it. */
  public Registration registration() {
    return new Registration(id, source, generated, input, result, visible, deprecated);
  }
}
