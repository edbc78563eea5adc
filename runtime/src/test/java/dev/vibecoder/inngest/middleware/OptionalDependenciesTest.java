package dev.vibecoder.inngest.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.middleware.encryption.EncryptionKey;
import dev.vibecoder.inngest.middleware.encryption.EncryptionMiddleware;
import dev.vibecoder.inngest.middleware.encryption.EncryptionStrategy;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.Call;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What an app does that has none of the optional dependencies on its class path. */
class OptionalDependenciesTest {
  private static final List<String> ABSENT =
      List.of("io.opentelemetry.", "io.micrometer.", "org.bouncycastle.");

  /** Loads the library and the tests anew, without the optional dependencies. */
  private static final class Without extends ClassLoader {
    Without() {
      super(OptionalDependenciesTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (ABSENT.stream().anyMatch(name::startsWith)) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("dev.vibecoder.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
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

  private static Object within(Class<? extends Callable<?>> code) throws Exception {
    Class<?> again = new Without().loadClass(code.getName());
    return ((Callable<?>) again.getDeclaredConstructor().newInstance()).call();
  }

  /** An app with middleware of its own and with encryption by a strategy of its own. */
  public static final class Works implements Callable<Object> {
    @Override
    public Object call() {
      EncryptionStrategy reverse =
          new EncryptionStrategy() {
            @Override
            public String identifier() {
              return "reverse";
            }

            @Override
            public String encrypt(byte[] json) {
              return new StringBuilder(new String(json, StandardCharsets.UTF_8))
                  .reverse()
                  .toString();
            }

            @Override
            public byte[] decrypt(String text) {
              return new StringBuilder(text).reverse().toString().getBytes(StandardCharsets.UTF_8);
            }
          };
      App app =
          App.with(
              List.of(new Middleware() {}, EncryptionMiddleware.withStrategy(reverse).build()),
              FunctionDefinition.define("fn")
                  .on("test/event")
                  .handle((event, step) -> step.run("one", String.class, () -> "abc")));
      return app.call(Call.first()).operation().path("data").toString();
    }
  }

  @Test
  void theLibraryWorksWithoutThem() throws Exception {
    assertThat(within(Works.class))
        .isEqualTo(
            "{\"__ENCRYPTED__\":true,\"__STRATEGY__\":\"reverse\",\"data\":\"\\\"cba\\\"\"}");
  }

  /** The built-in strategy. */
  public static final class Encrypts implements Callable<Object> {
    @Override
    public Object call() {
      return EncryptionMiddleware.withKey(EncryptionKey.of("key")).build();
    }
  }

  @Test
  void whatNeedsOneSaysWhich() {
    assertThatThrownBy(() -> within(Encrypts.class))
        .hasMessageContaining("org.bouncycastle:bcprov-jdk18on");
  }
}
