package dev.vibecoder.inngest.processor.internal.lint;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;

/**
 * Access to the trees of javac, where the compiler is javac.
 *
 * @param trees the trees
 * @param task the compilation
 */
public record Javac(Trees trees, JavacTask task) {
  private static final String ENVIRONMENT =
      "com.sun.tools.javac.processing.JavacProcessingEnvironment";

  /** How deep build tools wrap an environment into each other. */
  private static final int MAX_WRAPPERS = 4;

  /** The compiler behind an environment, or empty if it is another one. */
  public static Optional<Javac> of(ProcessingEnvironment environment) {
    try {
      ProcessingEnvironment own = unwrap(environment);
      return Optional.of(new Javac(Trees.instance(own), JavacTask.instance(own)));
    } catch (IllegalArgumentException | LinkageError otherCompiler) {
      return Optional.empty();
    }
  }

  private static ProcessingEnvironment unwrap(ProcessingEnvironment environment) {
    ProcessingEnvironment at = environment;
    for (int i = 0; i < MAX_WRAPPERS && !at.getClass().getName().equals(ENVIRONMENT); i++) {
      Optional<ProcessingEnvironment> inner = inner(at);
      if (inner.isEmpty()) {
        return at;
      }
      at = inner.get();
    }
    return at;
  }

  private static Optional<ProcessingEnvironment> inner(ProcessingEnvironment wrapper) {
    Optional<ProcessingEnvironment> offered = ofIntelliJ(wrapper);
    return offered.isPresent() ? offered : ofField(wrapper);
  }

  /** What IntelliJ's build offers to processors that need the compiler itself. */
  private static Optional<ProcessingEnvironment> ofIntelliJ(ProcessingEnvironment wrapper) {
    try {
      Object inner =
          wrapper
              .getClass()
              .getClassLoader()
              .loadClass("org.jetbrains.jps.javac.APIWrappers")
              .getDeclaredMethod("unwrap", Class.class, Object.class)
              .invoke(null, ProcessingEnvironment.class, wrapper);
      return inner instanceof ProcessingEnvironment found && found != wrapper
          ? Optional.of(found)
          : Optional.empty();
    } catch (ReflectiveOperationException | RuntimeException notIntelliJ) {
      return Optional.empty();
    }
  }

  /** Where Gradle and kapt keep the environment that they wrap. */
  private static Optional<ProcessingEnvironment> ofField(ProcessingEnvironment wrapper) {
    for (Class<?> type = wrapper.getClass(); type != null; type = type.getSuperclass()) {
      for (String name : List.of("delegate", "processingEnv")) {
        Optional<ProcessingEnvironment> inner = ofField(wrapper, type, name);
        if (inner.isPresent()) {
          return inner;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<ProcessingEnvironment> ofField(
      ProcessingEnvironment wrapper, Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(wrapper) instanceof ProcessingEnvironment inner
          ? Optional.of(inner)
          : Optional.empty();
    } catch (ReflectiveOperationException | RuntimeException notThere) {
      return Optional.empty();
    }
  }
}
