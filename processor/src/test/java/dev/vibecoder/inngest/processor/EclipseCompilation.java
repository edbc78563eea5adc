package dev.vibecoder.inngest.processor;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;

/** Compiles with Eclipse's compiler, which wants real files: they are removed afterwards. */
final class EclipseCompilation {
  private final List<String> options;
  private final List<Processor> processors;

  EclipseCompilation(List<String> options, List<Processor> others) {
    this.options =
        Stream.concat(
                Stream.of("--release", "17", "-parameters"),
                options.stream().filter(option -> option.startsWith("-A")))
            .toList();
    this.processors = Stream.concat(others.stream(), Stream.of(new InngestProcessor())).toList();
  }

  Compiled of(String... sources) {
    try {
      Path folder = Files.createTempDirectory("ecj");
      try {
        return compile(folder, sources);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Compiled compile(Path folder, String... sources) throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    Map<String, String> texts = new TreeMap<>();
    List<Path> files = new ArrayList<>();
    for (String source : sources) {
      Path file = folder.resolve("src").resolve(Compiled.path(source));
      texts.put(Compiled.path(source), source);
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, source));
    }
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    JavaCompiler compiler = new EclipseCompiler();
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(
        List.of(
            "-classpath",
            System.getProperty("java.class.path"),
            "-d",
            out.toString(),
            "-s",
            out.toString()));
    boolean success;
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              new StringWriter(),
              manager,
              found,
              arguments,
              null,
              manager.getJavaFileObjectsFromPaths(files));
      task.setProcessors(processors);
      success = task.call();
    }
    List<Compiled.Message> messages =
        found.getDiagnostics().stream()
            .filter(EclipseCompilation::isAsked)
            .map(
                diagnostic ->
                    Compiled.message(
                        diagnostic, file(folder.resolve("src"), diagnostic.getSource()), texts))
            .toList();
    return Compiled.result(success, messages, read(out));
  }

  /** What Eclipse thinks of the style of sources is not asked for. */
  private static boolean isAsked(Diagnostic<?> diagnostic) {
    return diagnostic.getKind() == Diagnostic.Kind.ERROR
        || diagnostic.getMessage(Locale.ROOT).startsWith("[inngest/");
  }

  private static String file(Path root, JavaFileObject source) {
    return source == null
        ? ""
        : root.relativize(Path.of(source.toUri())).toString().replace('\\', '/');
  }

  private static Map<String, byte[]> read(Path out) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(out)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(out.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
