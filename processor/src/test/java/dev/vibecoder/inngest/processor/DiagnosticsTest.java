package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What one mistake does to another, and to what else is in a module. */
class DiagnosticsTest {
  private static final String IMPORTS =
      "package bad;\n"
          + "import dev.vibecoder.inngest.*;\n"
          + "import dev.vibecoder.inngest.annotation.*;\n"
          + "import java.util.*;\n";
  private static final String DATA =
      IMPORTS + "@InngestEvent(\"bad/done\")\npublic record Data(String name, int count) {}\n";
  private static final String HEAD = "@InngestFunction(id = \"f\", event = \"bad/done\")\n";

  @Test
  void fiveMistakesAreFiveErrorsEachAtItsOwnPlace() {
    Compiled compiled =
        Compiled.of(
            DATA,
            IMPORTS
                + "@InngestFunction(id = \"Bad\", event = \"bad/done\", retries = 99)\n"
                + "class F {\n"
                + "  @Step private void one(DoneEvent event) {}\n"
                + "  @Step Thread two() { return null; }\n"
                + "  @Step(\"x>y\") void three(Data data) {}\n"
                + "}\n");

    assertThat(compiled.errors())
        .extracting(
            error ->
                error.line()
                    + " "
                    + error.text().replaceAll("].*", "]")
                    + " "
                    + error.at().split("[ ,)]", -1)[0])
        .containsExactlyInAnyOrder(
            "5 [inngest/function-id] \"Bad\"",
            "5 [inngest/retries] 99",
            "7 [inngest/step-private] one(DoneEvent",
            "8 [inngest/step-result] two(",
            "9 [inngest/step-id] \"x>y\"");
  }

  @Test
  void severalMistakesOfOneStepAreToldTogether() {
    Compiled compiled =
        Compiled.of(
            DATA,
            IMPORTS
                + HEAD
                + "class F {\n"
                + "  @Handler void run() {}\n"
                + "  @Step(\"x>y\") private static final Thread a(String... b) throws Throwable {\n"
                + "    return null; }\n"
                + "}\n");

    assertThat(compiled.errors())
        .extracting(error -> error.text().replaceAll("].*", "]"))
        .containsExactlyInAnyOrder(
            "[inngest/step-private]",
            "[inngest/step-static]",
            "[inngest/step-final]",
            "[inngest/step-varargs]",
            "[inngest/step-throws]",
            "[inngest/step-result]",
            "[inngest/step-id]");
    assertThat(compiled.errors()).extracting(Compiled.Message::line).containsOnly(8L);
  }

  @Test
  void anErrorDoesNotRemoveWhatOthersUse() {
    Compiled compiled =
        Compiled.of(
            DATA,
            IMPORTS + HEAD + "class F { @Step private void a(DoneEvent event) {} }",
            IMPORTS
                + "class Uses {\n"
                + "  Object definition = FFunction.define();\n"
                + "  Object reference = FFunction.REF;\n"
                + "  Object all = InngestFunctions.all();\n"
                + "  Object sent() { return InngestEvents.sendDoneEvent(new Data(\"\", 1)); }\n"
                + "}");

    assertThat(compiled.errors()).hasSize(1);
    assertThat(compiled.errors().get(0).text()).startsWith("[inngest/step-private]");
  }

  @Test
  void aStepThatThrowsATypeVariableIsAnError() {
    Compiled compiled =
        Compiled.of(
            DATA,
            IMPORTS + "abstract class Base<X extends Exception> { @Step void a() throws X {} }",
            IMPORTS + HEAD + "class F extends Base<java.io.IOException> {}");
    assertThat(compiled.errors())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/step-throws] Step a throws a type variable. Declare the real exception: it is"
                + " made again by its class.");
  }

  @Test
  void aStepThatCannotBeOverriddenFromAnotherPackageIsAnError() {
    String base =
        "package bad.base;\n"
            + "import dev.vibecoder.inngest.annotation.*;\n"
            + "public abstract class Base { @Step void hidden() {} @Step protected void shown() {}"
            + " }";
    Compiled compiled =
        Compiled.of(DATA, base, IMPORTS + HEAD + "class F extends bad.base.Base {}");
    assertThat(compiled.errors())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/step-inherited] Step hidden is inherited from bad.base.Base in another"
                + " package, where it is package-private. Make it protected: it is overridden to be"
                + " durable.");
  }

  @Test
  void unknownOptionsAreErrors() {
    Compiled compiled = Compiled.of(List.of("-Ainngest.pakage=x"), DATA);
    assertThat(compiled.errors())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/unknown-option] The option -Ainngest.pakage does not exist. Did you mean"
                + " \"inngest.package\"? Options are inngest.index.package, inngest.lint,"
                + " inngest.lock, inngest.lock.update, inngest.package, inngest.test.");
  }

  @Test
  void packagesWithNothingInCommonNeedAnOption() {
    String other =
        "package other;\nimport dev.vibecoder.inngest.annotation.*;\n"
            + "@InngestEvent(\"other/x\")\npublic record X(String a) {}";
    assertThat(Compiled.of(DATA, other).errors())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/module-package] The packages bad, other have nothing in common. Say where"
                + " InngestEvents and InngestFunctions go: -Ainngest.package=<package>.");
    Compiled told = Compiled.of(List.of("-Ainngest.package=app"), DATA, other);
    assertThat(told.errors()).isEmpty();
    assertThat(told.generatedPaths()).contains("app/InngestEvents.java");
  }

  @Test
  void aPayloadThatIsNotPublicHasNoSendMethodsElsewhere() {
    String hidden =
        "package bad.inner;\nimport dev.vibecoder.inngest.annotation.*;\n"
            + "@InngestEvent(\"bad/hidden\")\nrecord Hidden(String a) {}";
    Compiled compiled = Compiled.of(DATA, hidden);
    assertThat(compiled.success()).isTrue();
    assertThat(compiled.warnings())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/not-visible] There is no place for send methods for \"bad/hidden\" in"
                + " bad.InngestEvents: a type is not public. Make the payload and the result public"
                + " to have it.");
  }

  @Test
  void aTypeThatExistsNowhereIsTheCompilersErrorAlone() {
    Compiled compiled =
        Compiled.of(DATA, IMPORTS + HEAD + "class F { @Step Missing a() { return null; } }");
    assertThat(compiled.errors()).hasSize(1);
    assertThat(compiled.errors().get(0).text()).contains("cannot find symbol", "Missing");
  }

  @Test
  void aTypeThatExistsNowhereRemovesNothingThatOthersUse() {
    Compiled compiled =
        Compiled.of(
            DATA,
            IMPORTS
                + HEAD
                + "class F { F(String s) {} @Step Missing a(DoneEvent e) { return null; } }",
            IMPORTS
                + "@InngestFunction(id = \"g\", event = \"bad/plain\")\n"
                + "class G { @Step void a(PlainEvent e, Missnig m) {} }",
            IMPORTS
                + "class Uses { Object all = InngestFunctions.all(); Object f ="
                + " FFunction.define(\"x\");\n"
                + "  Object done = InngestEvents.DONE_EVENT; Object plain = PlainEvent.NAME; }");
    assertThat(compiled.errors())
        .extracting(error -> error.text().replaceAll("(?s).*symbol: +class (\\w+).*", "$1"))
        .containsExactlyInAnyOrder("Missing", "Missnig");
  }

  @Test
  void aMissingMemberIsTheCompilersErrorAlone() {
    Compiled compiled =
        Compiled.of(
            DATA, IMPORTS + "@InngestFunction(event = \"bad/done\") class F { @Step void a() {} }");
    assertThat(compiled.errors()).hasSize(1);
    assertThat(compiled.errors().get(0).text()).contains("missing a default value", "id");
  }

  @Test
  void aPayloadThatAFunctionInAnotherPackageCannotNameIsAnError() {
    Compiled compiled =
        Compiled.of(
            DATA,
            "package bad.x; import dev.vibecoder.inngest.annotation.*;\n"
                + "@InngestEvent(\"bad/hidden\") record Hidden(String a) {}",
            IMPORTS
                + "@InngestFunction(id = \"f\", event = \"bad/hidden\") class F { @Step void a() {}"
                + " }");
    assertThat(compiled.errors())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/type-access] The payload of \"bad/hidden\", bad.x.Hidden, is not public, and"
                + " in another package. Make it public: generated code of the function names it.");
  }

  @Test
  void aResultThatIsNotPublicHasNoConstantElsewhere() {
    Compiled compiled =
        Compiled.of(
            DATA,
            "package bad.x; record Hidden(String a) {}",
            "package bad.x; import dev.vibecoder.inngest.annotation.*; import java.util.*;\n"
                + HEAD
                + "class F { @Step List<Hidden[]> a() { return null; } }");
    assertThat(compiled.success()).isTrue();
    assertThat(compiled.warnings())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/not-visible] There is no place for a constant for \"f\" in"
                + " bad.InngestFunctions: a type is not public. Make the payload and the result"
                + " public to have it.");
  }

  @Test
  void eventsOfTheSameNameInTwoPackagesClashInInngestEvents() {
    Compiled compiled =
        Compiled.of(
            DATA,
            "package bad.x; import dev.vibecoder.inngest.annotation.*;\n"
                + "@InngestEvent(\"x/done\") public record Other(String a) {}");
    assertThat(compiled.errors())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/event-class-clash] The events \"x/done\" and \"bad/done\" would both get the"
                + " constant DONE_EVENT in InngestEvents. Set typeName on one of them.");
  }

  @Test
  void errorsComeInTheOrderOfTheSource() {
    Compiled compiled =
        Compiled.of(
            DATA,
            IMPORTS
                + "@InngestFunction(id = \"Bad\", event = \"bad/done\")\n"
                + "class F {\n"
                + "  @Step private void one() {}\n"
                + "  int state;\n"
                + "  @Step static void two() {}\n"
                + "}\n"
                + "class A {\n"
                + "  @Step void a() {}\n"
                + "}\n");
    assertThat(compiled.errors())
        .extracting(Compiled.Message::line)
        .containsExactly(12L, 5L, 7L, 8L, 9L);
  }

  @Test
  void inTheUnnamedPackageEverythingIsThereAndNoOptionMovesIt() {
    String function =
        "import dev.vibecoder.inngest.annotation.*;\n"
            + "@InngestFunction(id = \"f\", event = \"app/done\")\n"
            + "class F { @Step void a() {} }";
    assertThat(Compiled.of(function).errors()).isEmpty();

    Compiled moved = Compiled.of(List.of("-Ainngest.package=app"), function);
    assertThat(moved.errors())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/module-package] F is in the unnamed package, and InngestFunctions and"
                + " InngestEvents in another: no package can name what is in the unnamed one. Move"
                + " it to a package.");
  }

  @Test
  void aFileThatCannotBeWrittenIsAnErrorAtWhatItIsFor() {
    String marker =
        Compiled.of(DATA).generatedPaths().stream()
            .filter(path -> path.startsWith("dev/vibecoder/inngest/index/"))
            .map(path -> path.replace(".java", "").replace('/', '.'))
            .findFirst()
            .orElseThrow();
    String simple = marker.substring(marker.lastIndexOf('.') + 1);
    Generating other =
        new Generating()
            .with(marker, "package dev.vibecoder.inngest.index; public class " + simple + " {}");

    Compiled compiled = Compiled.of(List.of(), List.of(other), DATA);

    assertThat(compiled.errors()).hasSize(1);
    Compiled.Message error = compiled.errors().get(0);
    assertThat(error.text())
        .startsWith("[inngest/internal] The file " + marker + " could not be written: ")
        .endsWith(
            "Look at the output folder; if nothing is wrong there, please report this message.");
    assertThat(error.file()).isEqualTo("bad/Data.java");
    assertThat(error.line()).isEqualTo(6);
    assertThat(error.at()).startsWith("record Data");
  }
}
