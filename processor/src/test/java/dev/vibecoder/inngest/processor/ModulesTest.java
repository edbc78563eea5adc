package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several modules, and the same module twice, in folders on disk. */
class ModulesTest {
  private static final String IMPORTS =
      "package app;\n"
          + "import dev.vibecoder.inngest.*;\n"
          + "import dev.vibecoder.inngest.annotation.*;\n";
  private static final String P =
      IMPORTS + "@InngestEvent(\"a/b\") public record P(String name) {}";
  private static final String F =
      IMPORTS
          + "@InngestFunction(id = \"f\", event = \"a/b\")\n"
          + "public class F { @Step String a(BEvent e, P p) { return p.name(); } }";

  private final Path folder;

  ModulesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Compiles files, given as path and text in turn, into a folder; gives errors and warnings. */
  private List<String> compile(String output, String moreOptions, String... files)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    Path out = Files.createDirectories(folder.resolve(output));
    List<Path> sources = new ArrayList<>();
    for (int i = 0; i < files.length; i += 2) {
      Path source = folder.resolve(output + "-src").resolve(files[i]);
      Files.createDirectories(source.getParent());
      sources.add(Files.writeString(source, files[i + 1]));
    }
    List<String> options =
        new ArrayList<>(
            List.of("-proc:full", "-Xlint:all,-processing,-path", "-d", out.toString()));
    if (Runtime.version().feature() < 21) {
      options.remove("-proc:full");
    }
    options.addAll(Arrays.stream(moreOptions.split(" ")).filter(o -> !o.isEmpty()).toList());
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              null, manager, found, options, null, manager.getJavaFileObjectsFromPaths(sources));
      task.setProcessors(List.of(new InngestProcessor()));
      boolean success = task.call();
      boolean errors =
          found.getDiagnostics().stream().anyMatch(d -> d.getKind() == Diagnostic.Kind.ERROR);
      if (Runtime.version().feature() >= 25) {
        // javac 17 crashes on any generated record whose former class file it finds.
        assertThat(success).as("success, or errors that tell why not").isNotEqualTo(errors);
      }
    }
    return found.getDiagnostics().stream()
        .filter(d -> d.getKind() != Diagnostic.Kind.NOTE)
        .map(d -> d.getMessage(Locale.ROOT))
        .toList();
  }

  /** Compiles a file without the processor. */
  private void compileWithout(String output, String source) throws IOException {
    Path out = Files.createDirectories(folder.resolve(output));
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(
                    null,
                    null,
                    null,
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    out.toString(),
                    folder.resolve(source).toString()))
        .isZero();
  }

  private String read(String output, String file) throws IOException {
    return Files.readString(folder.resolve(output).resolve(file));
  }

  private String classPath(String... folders) {
    return "-cp "
        + Stream.concat(
                Arrays.stream(folders).map(name -> folder.resolve(name).toString()),
                Stream.of(System.getProperty("java.class.path")))
            .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void aModuleCompiledAgainOverItsOwnOutputDoesNotClashWithItself() throws IOException {
    String[] files = {"app/P.java", P, "app/F.java", F};
    assertThat(compile("one", classPath("one"), files)).isEmpty();
    assertThat(compile("one", classPath("one"), files)).isEmpty();
  }

  @Test
  void anEventWhosePayloadClassWasRenamedIsNoDuplicateOfItself() throws IOException {
    assertThat(compile("one", classPath("one"), "app/P.java", P)).isEmpty();
    assertThat(
            compile(
                "one",
                classPath("one"),
                "app/P.java",
                "package app; public class P {}",
                "app/Q.java",
                P.replace("record P", "record Q")))
        .isEmpty();
  }

  @Test
  void twoModulesCannotHaveTheSamePackageForWhatTheyHaveOnce() throws IOException {
    assertThat(compile("one", classPath(), "app/P.java", P, "app/F.java", F)).isEmpty();
    String g =
        IMPORTS
            + "@InngestFunction(id = \"g\", event = \"a/c\") public class G { @Step void a() {} }";
    assertThat(compile("two", classPath("one"), "app/G.java", g))
        .containsExactly(
            "[inngest/generated-name] The class app.InngestEvents, which is to be generated, exists"
                + " already in another jar. Rename it, or choose another package with"
                + " -Ainngest.package=<package>.");
    assertThat(compile("three", classPath("one") + " -Ainngest.package=app.g", "app/G.java", g))
        .isEmpty();
  }

  @Test
  void anEventThatAnotherJarHasIsADuplicate() throws IOException {
    String lib = P.replace("package app", "package lib");
    assertThat(compile("one", classPath(), "lib/P.java", lib)).isEmpty();
    assertThat(compile("two", classPath("one"), "app/P.java", P, "app/F.java", F))
        .containsExactly(
            "[inngest/duplicate-event] The event \"a/b\" has another payload class: lib.P, in"
                + " another jar. Give each event one payload class.");
  }

  @Test
  void anEventThatTwoJarsHaveIsADuplicateWhereItIsNamed() throws IOException {
    assertThat(compile("one", classPath(), "x/P.java", P.replace("package app", "package x")))
        .isEmpty();
    assertThat(compile("two", classPath(), "y/P.java", P.replace("package app", "package y")))
        .isEmpty();
    String g =
        IMPORTS
            + "@InngestFunction(id = \"g\", event = \"a/b\") public class G { @Step void a() {} }";
    assertThat(compile("three", classPath("one", "two"), "app/G.java", g))
        .containsExactly(
            "[inngest/duplicate-event] The event \"a/b\" has two payload classes: x.P and y.P, in"
                + " other jars. Give each event one payload class.");
  }

  @Test
  void theEventsAndFunctionsOfAJarAreNamedByTheirClasses() throws IOException {
    String lib = P.replace("package app", "package lib");
    String f = F.replace("package app", "package lib");
    assertThat(compile("one", classPath(), "lib/P.java", lib, "lib/F.java", f)).isEmpty();
    String g =
        IMPORTS
            + "import lib.*;\n"
            + "@InngestFunction(id = \"g\", on = P.class) @CancelOn(on = P.class, match = \"data.name\")\n"
            + "public class G { @Handler String run(BEvent event, Steps steps) {\n"
            + "    return steps.invoke(lib.InngestFunctions.F, new P(\"x\"))\n"
            + "        + BEvent.TYPE + lib.InngestEvents.B_EVENT; } }";
    assertThat(compile("two", classPath("one"), "app/G.java", g)).isEmpty();
    assertThat(read("two", "app/GFunction.java"))
        .contains(".on(BEvent.TYPE)", "CancelOn.event(BEvent.TYPE).match(\"data.name\")");
  }

  @Test
  void aPayloadOfAJarThatWasCompiledWithoutTheProcessorHasNoEventClass() throws IOException {
    compile("one", classPath(), "lib/P.java", P.replace("package app", "package lib"));
    compileWithout("lib-out", "one-src/lib/P.java");
    String g =
        IMPORTS
            + "@InngestFunction(id = \"g\", on = lib.P.class) public class G { @Step void a() {} }";
    assertThat(compile("two", classPath("lib-out"), "app/G.java", g))
        .containsExactly(
            "[inngest/payload-class] The event \"a/b\" of lib.P has no class: its module was compiled"
                + " without this processor. Configure the processor there as well, or name the event"
                + " with event = \"...\".");
  }

  @Test
  void theHandlersOfAFunctionInAJarHaveIdsThatAreTaken() throws IOException {
    String lib =
        F.replace("package app", "package lib")
            .replace(
                "@Step String", "@OnFailure void x() {} @OnCancelled void y() {} @Step String");
    assertThat(
            compile(
                "one",
                classPath(),
                "lib/P.java",
                P.replace("package app", "package lib"),
                "lib/F.java",
                lib))
        .isEmpty();
    for (String id : List.of("f", "f-failure", "f-cancelled")) {
      String g =
          IMPORTS
              + "@InngestFunction(id = \""
              + id
              + "\", event = \"a/b\")\n"
              + "public class G { @Step void a() {} }";
      assertThat(compile("two", classPath("one"), "app/G.java", g))
          .containsExactly(
              "[inngest/duplicate-function-id] Function id \""
                  + id
                  + "\" is also used by lib.F. Give each function its own id; <id>-failure and"
                  + " <id>-cancelled belong to a function's own handlers.");
    }
  }

  @Test
  void aStepOfAnInterfaceInAJarIsNotSilentlyIgnored() throws IOException {
    // Compiled without the processor, which would have told its author.
    String lib =
        "package lib; import dev.vibecoder.inngest.annotation.*;\n"
            + "public interface I { @Step default void charge() {} }";
    compile("one", classPath(), "lib/I.java", lib);
    compileWithout("lib-out", "one-src/lib/I.java");
    assertThat(
            compile(
                "two",
                classPath("lib-out"),
                "app/P.java",
                P,
                "app/G.java",
                IMPORTS
                    + "@InngestFunction(id = \"g\", event = \"a/b\")\n"
                    + "public class G implements lib.I { @Handler void run() { charge(); } }"))
        .containsExactly(
            "[inngest/step-inherited] Step charge is inherited from the interface lib.I. Steps belong"
                + " to classes: override it here, with @Step.");
  }

  @Test
  void aNamedModuleNeedsNothingButWhatIsDocumented() throws IOException {
    String module =
        "module m { requires dev.vibecoder.inngest; requires com.fasterxml.jackson.databind; }";
    assertThat(
            compile(
                "one", modulePath(), "module-info.java", module, "app/P.java", P, "app/F.java", F))
        .allMatch(message -> message.contains("automatic module"));
    assertThat(folder.resolve("one/app/FFunction.class")).exists();
    assertThat(
            compile(
                "one", modulePath(), "module-info.java", module, "app/P.java", P, "app/F.java", F))
        .allMatch(message -> message.contains("automatic module"));
  }

  /** The class path as a module path; the runtime is named as its jar is. */
  private static String modulePath() {
    List<String> entries = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    String runtime =
        entries.stream()
            .filter(entry -> entry.replace('\\', '/').contains("/runtime/target/"))
            .findFirst()
            .orElseThrow();
    String modules =
        entries.stream()
            .filter(entry -> entry.matches(".*(jackson|jspecify|slf4j-api).*\\.jar"))
            .collect(Collectors.joining(File.pathSeparator));
    return "-p " + modules + File.pathSeparator + automatic(runtime);
  }

  /** In a build without packaging the runtime is a folder, which is no module: make it a jar. */
  private static String automatic(String runtime) {
    if (runtime.endsWith(".jar")) {
      return runtime;
    }
    try {
      Path jar = Files.createTempFile("runtime", ".jar");
      jar.toFile().deleteOnExit();
      java.util.jar.Manifest manifest = new java.util.jar.Manifest();
      manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
      manifest.getMainAttributes().putValue("Automatic-Module-Name", "dev.vibecoder.inngest");
      try (java.util.jar.JarOutputStream out =
              new java.util.jar.JarOutputStream(Files.newOutputStream(jar), manifest);
          Stream<Path> classes = Files.walk(Path.of(runtime))) {
        for (Path file : classes.filter(Files::isRegularFile).toList()) {
          String name = Path.of(runtime).relativize(file).toString().replace('\\', '/');
          if (name.endsWith(".class")) {
            out.putNextEntry(new java.util.zip.ZipEntry(name));
            out.write(Files.readAllBytes(file));
          }
        }
      }
      return jar.toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
