package app;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.spi.Dependencies;
import org.junit.jupiter.api.Test;

class NoProcessorTest {
  @Test
  void saysThatTheProcessorIsMissing() {
    InngestException e =
        assertThrows(
            InngestException.class, () -> FunctionRegistry.discover(Dependencies.none()));
    assertTrue(e.getMessage().contains("is the processor configured?"), e.getMessage());
  }
}
