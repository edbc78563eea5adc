package shop;

import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.annotation.InngestGenerated;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.spi.Dependencies;
import dev.vibecoder.inngest.spi.FunctionProvider;
import java.util.List;
import javax.annotation.processing.Generated;

/** The functions of this module. */
@Generated("dev.vibecoder.inngest.processor.InngestProcessor")
@InngestGenerated
public final class InngestFunctions implements FunctionProvider {
  /** The function {@code f}, declared by {@link FFunction}. */
  public static final FunctionRef<Order, List<String>> F = FFunction.REF;

  /** For {@link java.util.ServiceLoader}. */
  public InngestFunctions() {}

  /**
   * Makes all functions, if their constructors have no parameters.
   *
   * @return the functions, sorted by id
   */
  public static List<FunctionDefinition> all() {
    return all(Dependencies.none());
  }

  /**
   * Makes all functions with what their constructors need looked up.
   *
   * @param dependencies looks it up
   * @return the functions, sorted by id
   */
  public static List<FunctionDefinition> all(Dependencies dependencies) {
    return List.of(
        FFunction.define(dependencies));
  }

  @Override
  public List<FunctionDefinition> functions(Dependencies dependencies) {
    return all(dependencies);
  }
}
