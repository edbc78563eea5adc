package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.spi.Dependencies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A processor that is on the class path only: newer compilers leave it there without a word. */
class ProcessorPathTest {
  private static final int FIRST_THAT_RUNS_NONE = 23;

  @TempDir Path folder;

  private String compile(String source) throws IOException {
    Path file = Files.writeString(folder.resolve("Greet.java"), source);
    Path out = Files.createDirectories(folder.resolve("out"));
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                messages,
                messages,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                out.toString(),
                file.toString());
    assertThat(status).as(messages.toString(StandardCharsets.UTF_8)).isZero();
    return messages.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whoForgetsToNameTheProcessorIsToldWhenTheAppStarts() throws Exception {
    compile(
        "package app;\nimport dev.vibecoder.inngest.annotation.*;\n"
            + "@InngestFunction(id = \"greet\", event = \"app/asked\")\n"
            + "public class Greet { @Step String hello() { return \"\"; } }");
    boolean generated = Files.exists(folder.resolve("out/app/GreetFunction.class"));
    assertThat(generated).isEqualTo(Runtime.version().feature() < FIRST_THAT_RUNS_NONE);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.resolve("out").toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      if (generated) {
        assertThat(FunctionRegistry.discover(Dependencies.none()).all()).hasSize(1);
      } else {
        assertThatThrownBy(() -> FunctionRegistry.discover(Dependencies.none()))
            .isInstanceOf(InngestException.class)
            .hasMessageContaining("is the processor configured?");
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
