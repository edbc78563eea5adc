package first;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The program as the README shows it. */
class WelcomeTest {
  private static final String GREETING = "Welcome, Ada!";

  @Test
  void aStepIsAnOrdinaryMethod() {
    assertThat(new Welcome().greeting(new Welcome.UserJoined("Ada"))).isEqualTo(GREETING);
  }

  @Test
  @Timeout(60)
  void theProgramWelcomesAndEndsWhenEnterIsPressed() throws IOException, InterruptedException {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "first.Main")
            .redirectErrorStream(true)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
      boolean pressed = false;
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        if (!pressed && lines.contains(GREETING) && dashboard(lines)) {
          pressed = true;
          program.getOutputStream().write('\n');
          program.getOutputStream().flush();
        }
      }
    } finally {
      program.destroyForcibly();
    }
    assertThat(program.waitFor()).as(String.join("\n", lines)).isZero();
  }

  private static boolean dashboard(List<String> lines) {
    return lines.stream().anyMatch(line -> line.endsWith("/dashboard"));
  }
}
