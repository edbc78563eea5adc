package dev.vibecoder.inngest.benchmarks.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Sources for one processor; they name nothing that it generates, so that javac alone takes them.
 */
enum AnnotatedModule {
  /** Functions of three steps, each started by an event of its own. */
  INNGEST("Inngest") {
    @Override
    String source(int number) {
      return function(number, "");
    }
  },
  /** The same, each with two expressions over its payload. */
  INNGEST_EXPRESSIONS("Inngest, expressions") {
    @Override
    String source(int number) {
      return function(
          number, ", when = \"event.data.total > 10.0\", idempotency = \"event.data.id\"");
    }
  },
  /** Components of one module with three providers. */
  DAGGER("Dagger", "com.google.dagger:dagger:2.60.1", "com.google.dagger:dagger-compiler:2.60.1") {
    @Override
    String source(int number) {
      return """
          package bench;

          import dagger.Component;
          import dagger.Module;
          import dagger.Provides;
          import java.util.List;

          @Component(modules = Class%1$d.Providers.class)
          public interface Class%1$d {
            List<String> lines();

            @Module
            final class Providers {
              @Provides
              String text() {
                return "text";
              }

              @Provides
              Integer number(String text) {
                return text.length();
              }

              @Provides
              List<String> lines(String text, Integer number) {
                return List.of(text, number.toString());
              }
            }
          }
          """
          .formatted(number);
    }
  },
  /** Mappers between two beans of three properties. */
  MAPSTRUCT(
      "MapStruct", "org.mapstruct:mapstruct:1.6.3", "org.mapstruct:mapstruct-processor:1.6.3") {
    @Override
    String source(int number) {
      return """
          package bench;

          import java.util.List;
          import org.mapstruct.Mapper;

          @Mapper
          public interface Class%1$d {
            To map(From from);

            record From(String id, int count, List<String> lines) {}

            record To(String id, long count, List<String> lines) {}
          }
          """
          .formatted(number);
    }
  },
  /** Values of three properties. */
  AUTO_VALUE(
      "AutoValue",
      "com.google.auto.value:auto-value-annotations:1.11.1",
      "com.google.auto.value:auto-value:1.11.1") {
    @Override
    String source(int number) {
      return """
          package bench;

          import com.google.auto.value.AutoValue;
          import java.util.List;

          @AutoValue
          public abstract class Class%1$d {
            public abstract String id();

            public abstract int count();

            public abstract List<String> lines();
          }
          """
          .formatted(number);
    }
  },
  /** Services of three handlers. */
  RESTATE(
      "Restate",
      "dev.restate:sdk-api:2.4.1 dev.restate:client:2.4.1",
      "dev.restate:sdk-api-gen:2.4.1") {
    @Override
    String source(int number) {
      return """
          package bench;

          import dev.restate.sdk.Context;
          import dev.restate.sdk.annotation.Handler;
          import dev.restate.sdk.annotation.Service;

          @Service
          public class Class%1$d {
            @Handler
            public String first(Context context, String input) {
              return context.run("first", String.class, () -> input);
            }

            @Handler
            public int second(Context context, String input) {
              return input.length();
            }

            @Handler
            public String third(Context context, Integer input) {
              return input.toString();
            }
          }
          """
          .formatted(number);
    }
  };

  private final String title;
  private final String library;
  private final String processor;

  /** The project's own, which is taken from the build. */
  AnnotatedModule(String title) {
    this(title, "", "");
  }

  AnnotatedModule(String title, String library, String processor) {
    this.title = title;
    this.library = library;
    this.processor = processor;
  }

  String title() {
    return title;
  }

  /** What the sources need: coordinates, a space between, or nothing for this project's runtime. */
  String library() {
    return library;
  }

  /** Who processes them: coordinates, or nothing for this project's processor. */
  String processor() {
    return processor;
  }

  /** The source of {@code bench.Class<number>}. */
  abstract String source(int number);

  /** Writes so many classes into a folder, one file each. */
  void write(Path folder, int classes) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("bench"));
    for (int number = 0; number < classes; number++) {
      Files.writeString(sources.resolve("Class" + number + ".java"), source(number));
    }
  }

  private static String function(int number, String options) {
    return """
        package bench;

        import dev.vibecoder.inngest.annotation.InngestEvent;
        import dev.vibecoder.inngest.annotation.InngestFunction;
        import dev.vibecoder.inngest.annotation.Step;
        import java.util.List;

        @InngestFunction(id = "function-%1$d", event = "bench/order.placed%1$d"%2$s)
        public class Class%1$d {
          @InngestEvent("bench/order.placed%1$d")
          public record Order(String id, double total, List<String> lines) {}

          public record Receipt(String id, int lines) {}

          @Step
          int count(Order order) {
            return order.lines().size();
          }

          @Step
          String label(Order order, int count) {
            return order.id() + count;
          }

          @Step
          Receipt receipt(String label, int count) {
            return new Receipt(label, count);
          }
        }
        """
        .formatted(number, options);
  }
}
