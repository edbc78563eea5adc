package dev.vibecoder.inngest.processor.internal.scan;

import com.palantir.javapoet.TypeName;
import dev.vibecoder.inngest.processor.internal.model.FunctionOptions;
import dev.vibecoder.inngest.processor.internal.model.Inputs;
import dev.vibecoder.inngest.processor.internal.model.Trigger;
import java.util.List;

/**
 * How a function starts.
 *
 * @param triggers what starts it
 * @param options how the server treats it
 * @param inputs what its code is handed
 * @param input type of the payload that it is invoked with
 * @param visible whether everybody can name that type
 * @param deprecated whether naming the events gives a warning
 * @param sound whether all of it is known: else nothing can be bound to parameters
 */
record Start(
    List<Trigger> triggers,
    FunctionOptions options,
    Inputs inputs,
    TypeName input,
    boolean visible,
    boolean deprecated,
    boolean sound) {}
