package dev.vibecoder.inngest.function;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.spi.Dependencies;
import dev.vibecoder.inngest.spi.FunctionProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * All functions of an app by id, their failure and cancellation handlers among them. Immutable and
 * safe for use by many threads.
 */
public final class FunctionRegistry {
  private final Map<String, FunctionDefinition> functions;

  private FunctionRegistry(Map<String, FunctionDefinition> functions) {
    this.functions = functions;
  }

  /**
   * Registers given functions.
   *
   * @param definitions the functions; their failure and cancellation handlers are added
   * @return the registry
   * @throws InngestException if two functions have the same id, of which the server would silently
   *     keep the first
   */
  public static FunctionRegistry of(Collection<FunctionDefinition> definitions) {
    Map<String, FunctionDefinition> functions = new LinkedHashMap<>();
    for (FunctionDefinition definition : definitions) {
      add(functions, definition);
      definition.companions().forEach(companion -> add(functions, companion));
    }
    return new FunctionRegistry(functions);
  }

  private static void add(
      Map<String, FunctionDefinition> functions, FunctionDefinition definition) {
    if (functions.put(definition.id(), definition) != null) {
      throw new InngestException(
          "Two functions have the id \""
              + definition.id()
              + "\". Give each function its own; \"<id>-failure\" and \"<id>-cancelled\" belong to the"
              + " function's own handlers.");
    }
  }

  /**
   * Finds all generated functions on the class path.
   *
   * @param dependencies where the constructors' parameters come from
   * @return the registry
   * @throws InngestException if there are none, or a generated class is missing or stale
   */
  public static FunctionRegistry discover(Dependencies dependencies) {
    List<FunctionDefinition> definitions = new ArrayList<>();
    try {
      for (FunctionProvider provider : ServiceLoader.load(FunctionProvider.class)) {
        definitions.addAll(provider.functions(dependencies));
      }
    } catch (ServiceConfigurationError | LinkageError stale) {
      throw new InngestException(
          "The generated function index does not fit the classes on the class path; it is stale."
              + " Build the module again from clean (mvn clean package).",
          stale);
    }
    if (definitions.isEmpty()) {
      throw new InngestException(
          "No functions found: is the processor configured? Name dev.vibecoder.inngest:"
              + "inngest-processor in <annotationProcessorPaths> of the maven-compiler-plugin, or as"
              + " annotationProcessor in Gradle; JDK 23 and later run no processor unless told. Or"
              + " pass the functions to the server yourself.");
    }
    return of(definitions);
  }

  /**
   * Finds a function.
   *
   * @param id its id, without the app's
   * @return the function, or empty
   */
  public Optional<FunctionDefinition> find(String id) {
    return Optional.ofNullable(functions.get(id));
  }

  /**
   * All functions.
   *
   * @return in the order in which they were registered, each followed by its own handlers
   */
  public Collection<FunctionDefinition> all() {
    return functions.values();
  }
}
