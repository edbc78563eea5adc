package app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processor's jar, which has other libraries inside, under names of its own. */
class ProcessorJarTest {
  private static final String OWN = "dev/vibecoder/inngest/processor/";

  @TempDir Path folder;

  private static Path library(String name) {
    return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
        .map(Path::of)
        .filter(path -> path.getFileName().toString().startsWith(name))
        .findFirst()
        .orElseThrow();
  }

  private static JarFile jar() throws IOException {
    return new JarFile(library("inngest-processor-").toFile());
  }

  private static String read(JarFile jar, String name) {
    try {
      return new String(
          jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> compile(String condition) throws IOException {
    Path source =
        Files.writeString(
            folder.resolve("Ask.java"),
            "package ask;\n"
                + "import dev.vibecoder.inngest.annotation.*;\n"
                + "@InngestFunction(id = \"ask\", event = \"app/ordered\",\n"
                + "    when = \""
                + condition
                + "\")\n"
                + "class Ask { @Step void ask(app.Ordered ordered) {} }\n");
    Path out = Files.createDirectories(folder.resolve("out"));
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(found, null, null)) {
      compiler
          .getTask(
              new StringWriter(),
              manager,
              found,
              List.of(
                  "-classpath",
                  System.getProperty("java.class.path"),
                  "-processorpath",
                  library("guava-") + java.io.File.pathSeparator + library("inngest-processor-"),
                  "-d",
                  out.toString()),
              null,
              manager.getJavaFileObjects(source))
          .call();
    }
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(
            diagnostic ->
                diagnostic.getLineNumber()
                    + ":"
                    + diagnostic.getColumnNumber()
                    + " "
                    + diagnostic.getMessage(Locale.ROOT))
        .toList();
  }

  @Test
  void aMistakeInAnExpressionIsShownWithAMarkUnderIt() throws IOException {
    assertEquals(
        List.of(
            "4:12 [inngest/expression-field] event.data (Ordered) has no field \"totl\". Did you mean"
                + " \"total\"? Its fields are id, total.\n"
                + "      event.data.totl > 100\n"
                + "                 ^"),
        compile("event.data.totl > 100"));
  }

  @Test
  void aMistakeInAPatternIsShown() throws IOException {
    List<String> errors = compile("event.data.id.matches('[A-Z')");
    assertEquals(1, errors.size(), errors.toString());
    assertTrue(errors.get(0).contains("'[A-Z' is no pattern: missing closing ]"), errors.toString());
  }

  @Test
  void anExpressionThatIsRightCompilesBesideAnotherGuava() throws IOException {
    assertEquals(List.of(), compile("event.data.total > 100"));
    assertTrue(Files.exists(folder.resolve("out/ask/AskFunction.class")));
  }

  @Test
  void everyClassInItHasANameOfItsOwn() throws IOException {
    try (JarFile jar = jar()) {
      List<String> others =
          jar.stream()
              .map(ZipEntry::getName)
              .filter(name -> !name.endsWith("/") && !name.startsWith("META-INF/"))
              .filter(name -> !name.startsWith(OWN))
              .toList();
      assertEquals(List.of(), others);
      assertEquals(
          new TreeSet<>(List.of("antlr", "asm", "cel", "google", "javapoet")),
          jar.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.startsWith(OWN + "shaded/") && name.endsWith(".class"))
              .map(name -> name.substring((OWN + "shaded/").length()).replaceAll("/.*", ""))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  @Test
  void besideClassesThereIsOnlyWhatIsMeantToBeThere() throws IOException {
    try (JarFile jar = jar()) {
      assertEquals(
          new TreeSet<>(
              List.of(
                  "META-INF/LICENSE",
                  "META-INF/MANIFEST.MF",
                  "META-INF/THIRD-PARTY-LICENSES",
                  "META-INF/gradle/incremental.annotation.processors",
                  "META-INF/maven/dev.vibecoder.inngest/inngest-processor/pom.properties",
                  "META-INF/maven/dev.vibecoder.inngest/inngest-processor/pom.xml",
                  "META-INF/services/javax.annotation.processing.Processor")),
          jar.stream()
              .map(ZipEntry::getName)
              .filter(name -> !name.endsWith("/") && !name.endsWith(".class"))
              .collect(Collectors.toCollection(TreeSet::new)));
      assertEquals(
          "dev.vibecoder.inngest.processor.InngestProcessor",
          read(jar, "META-INF/services/javax.annotation.processing.Processor").strip());
    }
  }

  @Test
  void everyLibraryInItIsNamedWithItsLicence() throws IOException {
    try (JarFile jar = jar()) {
      String apache = read(jar, "META-INF/LICENSE");
      assertTrue(apache.contains("Apache License"), apache);
      assertTrue(apache.contains("END OF TERMS AND CONDITIONS"), apache);
      String others = read(jar, "META-INF/THIRD-PARTY-LICENSES");
      for (String part :
          List.of(
              "JavaPoet",
              "Common Expression Language",
              "Guava",
              "ANTLR 4 runtime",
              "Protocol Buffers",
              "RE2/J",
              "Copyright (c) 2000-2011 INRIA, France Telecom",
              "Copyright (c) 2012-2022 The ANTLR Project. All rights reserved.",
              "Copyright 2008 Google Inc.  All rights reserved.")) {
        assertTrue(others.contains(part), part);
      }
    }
  }
}
