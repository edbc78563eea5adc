package app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.spi.Dependencies;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NothingTest {
  @Test
  void aProjectWithoutFunctionsCompilesAndNothingIsGenerated() {
    assertTrue(Files.exists(Path.of("target/classes/app/Nothing.class")));
    assertFalse(Files.exists(Path.of("target/classes/META-INF/services")));
    assertFalse(Files.exists(Path.of("target/classes/app/InngestFunctions.class")));
  }

  @Test
  void whoLooksForFunctionsIsToldThatThereAreNone() {
    InngestException e =
        assertThrows(
            InngestException.class, () -> FunctionRegistry.discover(Dependencies.none()));
    assertTrue(e.getMessage().startsWith("No functions found"), e.getMessage());
  }
}
