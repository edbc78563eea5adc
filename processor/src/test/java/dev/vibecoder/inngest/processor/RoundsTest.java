package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.junit.jupiter.api.Test;

/** What is generated in one round is seen in the next, whoever generates it. */
class RoundsTest {
  private static final String IMPORTS =
      "package app;\n"
          + "import dev.vibecoder.inngest.*;\n"
          + "import dev.vibecoder.inngest.annotation.*;\n";
  private static final String DATA =
      IMPORTS + "@InngestEvent(\"a/b\")\npublic record P(String name, int count) {}\n";

  private static Compiled withLate(String... sources) {
    return Compiled.of(
        List.of("-Xlint:all,-processing"),
        List.of(
            new Generating()
                .with(
                    "app.Late",
                    "package app;\n@dev.vibecoder.inngest.annotation.InngestEvent(\"late/thing\")\n"
                        + "public record Late(String name) {}")
                .with("app.Mapper", "package app; public class Mapper {}")
                .with(
                    "app.Names",
                    "package app; public class Names { static final String EVENT = \"late/name\"; }")),
        sources);
  }

  @Test
  void aFunctionMayNameTheConstantsThatAreGeneratedForItsEvent() {
    for (String constant : List.of("BEvent.NAME", "InngestEvents.B_EVENT")) {
      Compiled compiled =
          Compiled.of(
              List.of("-Xlint:all,-processing", "-Werror"),
              DATA,
              IMPORTS
                  + "@InngestFunction(id = \"f\", event = "
                  + constant
                  + ") public class F { @Step String a(BEvent e, P p) { return p.name(); } }",
              IMPORTS + "class Uses { FunctionRef<P, String> f = InngestFunctions.F; }");
      assertThat(compiled.errors()).isEmpty();
      assertThat(compiled.warnings()).isEmpty();
      assertThat(compiled.generated("app/FFunction.java")).contains(".on(BEvent.TYPE)");
    }
  }

  @Test
  void aConstantThatExistsNowhereIsTheCompilersErrorAlone() {
    Compiled compiled =
        Compiled.of(
            DATA,
            IMPORTS
                + "@InngestFunction(id = Nope.X, event = \"a/b\") class F { @Step void a() {} }",
            IMPORTS + "class Uses { Object f = FFunction.define(); }");
    assertThat(compiled.errors()).hasSize(1);
    assertThat(compiled.errors().get(0).text()).contains("cannot find symbol", "Nope");
  }

  @Test
  void anEventMayBeNamedByAConstantOfAnotherProcessor() {
    Compiled compiled =
        withLate(
            IMPORTS + "@InngestEvent(Names.EVENT) public record Q(String a) {}",
            IMPORTS
                + "@InngestFunction(id = \"f\", event = Names.EVENT)\n"
                + "public class F { @Step void a(NameEvent e, Q q) {} }");
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.generated("app/NameEvent.java")).contains("NAME = \"late/name\"");
  }

  @Test
  void aDependencyOfAnotherProcessorIsNoReasonToBeMissingFromTheRegistry() {
    Compiled compiled =
        withLate(
            DATA,
            IMPORTS
                + "@InngestFunction(id = \"f\", event = \"a/b\")\n"
                + "public class F { F(Mapper m) {} @Step String b(BEvent e) { return \"\"; } }",
            IMPORTS
                + "class Uses { Object all = InngestFunctions.all();\n"
                + "  FunctionRef<P, String> f = InngestFunctions.F; }");
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.warnings())
        .extracting(Compiled.Message::text)
        .allMatch(text -> text.contains("late/thing"));
  }

  @Test
  void aFunctionWaitsForAPayloadThatItNames() {
    Compiled compiled =
        withLate(
            IMPORTS
                + "@InngestFunction(id = \"f\", event = \"late/thing\")\n"
                + "public class F { @Step String a(Late data) { return data.name(); }\n"
                + "  @Step void b(ThingEvent e) { e.data().name(); } }");
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.warnings())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/late-arrival] The types of the function \"f\" were known after"
                + " InngestFunctions was written: it has no constant there. Refer to it as"
                + " FFunction.REF.");
  }

  @Test
  void aPayloadThatIsGeneratedMayNameTheEvent() {
    Compiled compiled =
        withLate(
            IMPORTS
                + "@InngestFunction(id = \"f\", on = Late.class, idempotency = \"event.data.name\")\n"
                + "@CancelOn(on = Late.class, match = \"data.name\")\n"
                + "public class F { @Step void b(ThingEvent e, Late late) {} }",
            IMPORTS
                + "@InngestFunction(id = \"g\", on = Late.class) @Trigger(event = Names.EVENT)\n"
                + "public class G { @Handler void run(Event<?> e) {} }",
            IMPORTS
                + "class Uses { Object f = InngestFunctions.F; Object g = InngestFunctions.G; }");
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.generated("app/FFunction.java"))
        .contains(".on(ThingEvent.TYPE)", "CancelOn.event(ThingEvent.TYPE)");
    assertThat(compiled.generated("app/GFunction.java"))
        .contains(".onAny(ThingEvent.TYPE, NameEvent.TYPE)");
  }

  @Test
  void whatTheCompilerReportsOfAnnotationsIsReportedOnce() {
    for (String annotations :
        List.of(
            "@InngestFunction(id = \"f\", on = Missing.class, when = \"event.data.x\")",
            "@InngestFunction(id = \"f\") @Trigger(on = Missing.class) @Trigger(event = \"a/b\")",
            "@InngestFunction(id = \"f\", on = P.class) @CancelOn(on = Missing.class)",
            "@InngestFunction(id = \"f\", on = P.class) @Concurrency(key = \"'a'\")",
            "@InngestFunction(id = \"f\", on = P.class) @Throttle(limit = 1)",
            "@InngestFunction(id = \"f\", on = P.class) @Batch(maxSize = 2)",
            "@InngestFunction(id = \"f\", on = P.class) @Cron",
            "@InngestFunction(id = \"f\", on = P.class) @Priority(Missing.X)")) {
      Compiled compiled =
          Compiled.of(DATA, IMPORTS + annotations + "\nclass F { @Handler void run(P p) {} }");
      assertThat(compiled.errors()).as(annotations).hasSize(1);
      assertThat(compiled.errors().get(0).text())
          .as(annotations)
          .containsAnyOf("cannot find symbol", "missing a default value");
    }
  }

  @Test
  void aPayloadThatComesTooLateIsReportedAtTheFunction() {
    Compiled compiled =
        withLate(
            IMPORTS
                + "@InngestFunction(id = \"f\", event = \"late/thing\")\n"
                + "public class F { @Step void b(ThingEvent e) {} }");
    assertThat(compiled.errors()).hasSize(1);
    assertThat(compiled.errors().get(0).file()).isEqualTo("app/F.java");
    assertThat(compiled.errors().get(0).at()).startsWith("\"late/thing\"");
    assertThat(compiled.errors().get(0).text())
        .isEqualTo(
            "[inngest/late-payload] The payload class app.Late of \"late/thing\" was generated when"
                + " the event had its class already, with JSON as its data. Name Late in a parameter"
                + " of a step or handler: then the function waits for it.");
  }

  @Test
  void aTypeThatExistsNowhereIsOneErrorWhereverTheModuleHasItsClasses() {
    for (String constant : List.of("", "Nope.X + ")) {
      Compiled compiled =
          Compiled.of(
              List.of("-Xlint:all,-processing", "-Ainngest.package=other"),
              DATA,
              IMPORTS
                  + "@InngestFunction(id = \"f\", event = \"a/b\")\n"
                  + "public class F { @Step void a(P p) {}"
                  + " @Step int last("
                  + (constant.isEmpty() ? "Undefined u" : "P p")
                  + ") { return 1; } }",
              IMPORTS
                  + "@InngestFunction(id = "
                  + constant
                  + "\"g\", event = \"a/b\")\n"
                  + "public class G { @Step void a(P p) {} }");
      assertThat(compiled.errors()).hasSize(1);
      assertThat(compiled.errors().get(0).text())
          .contains("cannot find symbol", constant.isEmpty() ? "Undefined" : "Nope");
      assertThat(compiled.warnings()).isEmpty();
    }
  }

  @Test
  void aMissingTypeAloneIsOneErrorAsWell() {
    Compiled compiled =
        Compiled.of(
            List.of("-Xlint:all,-processing", "-Ainngest.package=other"),
            IMPORTS
                + "@InngestFunction(id = \"f\", cron = \"0 * * * *\")\n"
                + "public class F { @Step int last(Undefined u) { return 1; } }");
    assertThat(compiled.errors()).hasSize(1);
    assertThat(compiled.errors().get(0).text()).contains("cannot find symbol", "Undefined");
    assertThat(compiled.warnings()).isEmpty();
  }

  /** Generates a class in a round of its own choice, as one that waits for others does. */
  private static final class Patient extends AbstractProcessor {
    private final int round;
    private int seen;

    Patient(int round) {
      this.round = round;
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment environment) {
      seen++;
      if (seen == round) {
        try (Writer writer = processingEnv.getFiler().createSourceFile("app.Made").openWriter()) {
          writer.write("package app; public record Made(String name) {}");
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return false;
    }
  }

  private static Compiled withMadeIn(int round) {
    return Compiled.of(
        List.of("-Xlint:all,-processing"),
        List.of(new Patient(round)),
        DATA,
        IMPORTS
            + "@InngestFunction(id = \"f\", event = \"a/b\")\n"
            + "public class F { @Step Made a(P p) { return new Made(p.name()); } }");
  }

  @Test
  void whatComesARoundLaterIsThereInTime() {
    Compiled early = withMadeIn(1);
    assertThat(early.errors()).isEmpty();
    assertThat(early.warnings()).isEmpty();
    assertThat(early.generated("app/InngestFunctions.java")).contains(" F =");
    Compiled late = withMadeIn(2);
    assertThat(late.errors()).isEmpty();
    assertThat(late.warnings())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/late-arrival] The types of the function \"f\" were known after"
                + " InngestFunctions was written: it has no constant there. Refer to it as"
                + " FFunction.REF.");
    assertThat(late.generated("app/FFunction.java")).contains("new Durable");
  }

  @Test
  void whatComesWhenItWasGivenUpIsAnError() {
    Compiled compiled = withMadeIn(3);
    assertThat(compiled.errors())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/late-arrival] The types of the function were generated after its class was"
                + " written. Have them generated from what is not generated itself, or in another"
                + " module.");
    assertThat(compiled.errors().get(0).file()).isEqualTo("app/F.java");
  }
}
