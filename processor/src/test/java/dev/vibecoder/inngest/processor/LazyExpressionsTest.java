package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vibecoder.inngest.processor.internal.expr.ExpressionUse;
import dev.vibecoder.inngest.processor.internal.expr.Expressions;
import dev.vibecoder.inngest.processor.internal.expr.Payload;
import dev.vibecoder.inngest.processor.internal.expr.Payloads;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import javax.annotation.processing.Processor;
import org.junit.jupiter.api.Test;

/** Compilations without expressions do not pay for the parser: they work where there is none. */
class LazyExpressionsTest {
  /** Sees the processor as if the parser, and all that it brings, were not there. */
  private static final class WithoutParser extends ClassLoader {
    private static final List<String> MISSING =
        List.of(
            "dev.cel.", "cel.parser.", "org.antlr.", "com.google.common.", "com.google.protobuf.");

    WithoutParser() {
      super(LazyExpressionsTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (MISSING.stream().anyMatch(name::startsWith)) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("dev.vibecoder.inngest.processor.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known != null ? known : define(name);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (file == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = file.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private final ClassLoader loader = new WithoutParser();

  @Test
  void aFunctionWithoutExpressionsIsCompiled() throws ReflectiveOperationException {
    Processor processor =
        (Processor)
            loader.loadClass(InngestProcessor.class.getName()).getConstructor().newInstance();

    Compiled compiled =
        Compiled.with(
            List.of(),
            List.of(processor),
            """
            package app;
            import dev.vibecoder.inngest.annotation.*;
            @InngestEvent("app/done") public record Data(String name) {}
            """,
            """
            package app;
            import dev.vibecoder.inngest.annotation.*;
            @InngestFunction(id = "f", event = "app/done")
            class F { @Step String a(Data data) { return data.name(); } }
            """);

    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.generatedPaths()).contains("app/FFunction.java");
  }

  @Test
  void onlyAnExpressionNeedsTheParser() throws ReflectiveOperationException {
    Class<?> payload = loader.loadClass(Payload.class.getName());
    Class<?> type = loader.loadClass(Expressions.class.getName());
    Object expressions = type.getConstructor().newInstance();
    Object event =
        loader
            .loadClass(Payloads.class.getName())
            .getMethod("untyped", String.class)
            .invoke(null, "app/done");

    assertThat(
            type.getMethod("checkMatch", String.class, payload, payload)
                .invoke(expressions, "data.id", event, event))
        .isEqualTo(List.of());

    Class<?> use = loader.loadClass(ExpressionUse.class.getName());
    assertThatThrownBy(
            () ->
                type.getMethod("check", use, String.class, payload, payload)
                    .invoke(expressions, use.getField("KEY").get(null), "event.id", event, null))
        .isInstanceOf(InvocationTargetException.class)
        .hasCauseInstanceOf(NoClassDefFoundError.class);
  }
}
