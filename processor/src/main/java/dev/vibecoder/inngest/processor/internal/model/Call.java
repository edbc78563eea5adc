package dev.vibecoder.inngest.processor.internal.model;

import com.palantir.javapoet.TypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of a method of the user's class.
 *
 * @param method the method
 * @param arguments what it is handed
 * @param result type of its result, null for void
 * @param thrown exceptions it declares
 */
public record Call(
    String method, List<Argument> arguments, @Nullable TypeName result, List<TypeName> thrown) {}
