package dev.vibecoder.inngest.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vibecoder.inngest.InngestException;
import java.nio.charset.StandardCharsets;

/** Lines of a {@code .env} file: they are settings, or an error that names the line. */
class DotEnvFuzzTest {
  @FuzzTest(maxDuration = "20s")
  void everyFileIsReadOrRefused(byte[] file) {
    String text = new String(file, StandardCharsets.UTF_8);
    try {
      DotEnv.parse(text.lines().toList(), ".env")
          .forEach(
              (name, value) -> {
                assertThat(name).isNotBlank();
                assertThat(value).isNotNull();
              });
    } catch (InngestException refused) {
      assertThat(refused).hasMessageContaining(".env");
    }
  }
}
