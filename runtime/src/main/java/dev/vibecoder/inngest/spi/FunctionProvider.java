package dev.vibecoder.inngest.spi;

import dev.vibecoder.inngest.function.FunctionDefinition;
import java.util.List;

/**
 * Gives the functions of one module; found with {@link java.util.ServiceLoader}. The processor
 * generates one for each module that has functions.
 */
public interface FunctionProvider {
  /**
   * Makes the functions.
   *
   * @param dependencies where the constructors' parameters come from
   * @return all functions of the module, without their failure handlers
   */
  List<FunctionDefinition> functions(Dependencies dependencies);
}
