package dev.vibecoder.inngest.processor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** What came of compiling sources in memory with the processor. */
final class Compiled {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  private final List<Message> messages = new ArrayList<>();
  private final Map<String, ByteArrayOutputStream> output = new TreeMap<>();
  private boolean success;

  private Compiled() {}

  /** A compiler that runs processors. */
  enum Tool {
    JAVAC,
    /** Eclipse's, as Eclipse and other IDEs run it. */
    ECJ
  }

  /** A diagnostic: its file, its place, the text of its line from there on, and what it says. */
  record Message(
      Diagnostic.Kind kind, String file, long line, long column, String at, String text) {}

  /** Compiles with one of the compilers. */
  static Compiled with(Tool tool, List<String> options, String... sources) {
    return with(tool, options, List.of(), sources);
  }

  /** Compiles with one of the compilers, and other processors beside the one that is tested. */
  static Compiled with(Tool tool, List<String> options, List<Processor> others, String... sources) {
    return tool == Tool.JAVAC
        ? of(options, others, sources)
        : new EclipseCompilation(options, others).of(sources);
  }

  /** What came of another compiler. */
  static Compiled result(boolean success, List<Message> messages, Map<String, byte[]> files) {
    Compiled compiled = new Compiled();
    compiled.success = success;
    compiled.messages.addAll(messages);
    files.forEach(
        (name, content) -> {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          bytes.writeBytes(content);
          compiled.output.put(name, bytes);
        });
    return compiled;
  }

  static Compiled of(String... sources) {
    return of(List.of(), sources);
  }

  static Compiled of(List<String> options, String... sources) {
    return of(options, List.of(), sources);
  }

  /** Compiles with other processors beside the one that is tested. */
  static Compiled of(List<String> options, List<Processor> others, String... sources) {
    List<Processor> processors = new ArrayList<>(others);
    processors.add(new InngestProcessor());
    return with(options, processors, sources);
  }

  /** Compiles with some processors only. */
  static Compiled with(List<String> options, List<Processor> processors, String... sources) {
    Compiled compiled = new Compiled();
    DiagnosticCollector<JavaFileObject> collector = new DiagnosticCollector<>();
    Map<String, String> texts = new TreeMap<>();
    List<JavaFileObject> files = new ArrayList<>();
    for (String source : sources) {
      String name = path(source);
      texts.put(name, source);
      files.add(new Source(name, source));
    }
    List<String> arguments = new ArrayList<>(List.of("--release", "17", "-parameters"));
    arguments.addAll(options);
    JavaFileManager manager =
        compiled
        .new Memory(
            COMPILER.getStandardFileManager(collector, Locale.ROOT, StandardCharsets.UTF_8));
    JavaCompiler.CompilationTask task =
        COMPILER.getTask(null, manager, collector, arguments, null, files);
    task.setProcessors(processors);
    compiled.success = task.call();
    for (Diagnostic<? extends JavaFileObject> diagnostic : collector.getDiagnostics()) {
      compiled.messages.add(message(diagnostic, texts));
    }
    return compiled;
  }

  static Message message(
      Diagnostic<? extends JavaFileObject> diagnostic, Map<String, String> texts) {
    JavaFileObject source = diagnostic.getSource();
    return message(diagnostic, source == null ? "" : source.getName().substring(1), texts);
  }

  static Message message(
      Diagnostic<? extends JavaFileObject> diagnostic, String file, Map<String, String> texts) {
    String at = "";
    if (texts.containsKey(file) && diagnostic.getLineNumber() > 0) {
      String line = texts.get(file).split("\n", -1)[(int) diagnostic.getLineNumber() - 1];
      at = line.substring((int) diagnostic.getColumnNumber() - 1);
    }
    return new Message(
        diagnostic.getKind(),
        file,
        diagnostic.getLineNumber(),
        diagnostic.getColumnNumber(),
        at,
        diagnostic.getMessage(Locale.ROOT));
  }

  /** The path of a source by its package and its first class. */
  static String path(String source) {
    String packageName =
        Arrays.stream(source.split("\n", -1))
            .filter(line -> line.startsWith("package "))
            .map(line -> line.substring(8, line.indexOf(';')).replace('.', '/') + "/")
            .findFirst()
            .orElse("");
    String type =
        Arrays.stream(source.split("\n", -1))
            .map(line -> line.replaceAll("(?U)@\\w+(\\([^)]*\\))?", ""))
            .filter(line -> line.matches("(?U).*\\b(class|record|interface|enum)\\s+\\w+.*"))
            .map(
                line ->
                    line.replaceAll("(?U).*?\\b(class|record|interface|enum)\\s+(\\w+).*", "$2"))
            .findFirst()
            .orElseThrow();
    return packageName + type + ".java";
  }

  boolean success() {
    return success;
  }

  List<Message> errors() {
    return messages.stream().filter(m -> m.kind() == Diagnostic.Kind.ERROR).toList();
  }

  List<Message> warnings() {
    return messages.stream()
        .filter(
            m ->
                m.kind() == Diagnostic.Kind.WARNING
                    || m.kind() == Diagnostic.Kind.MANDATORY_WARNING)
        .toList();
  }

  /** A generated source or resource by its path. */
  String generated(String path) {
    ByteArrayOutputStream bytes = output.get(path);
    if (bytes == null) {
      throw new AssertionError("Nothing was generated at " + path + ", only " + output.keySet());
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** The paths of everything that was generated, without class files. */
  List<String> generatedPaths() {
    return output.keySet().stream().filter(path -> !path.endsWith(".class")).toList();
  }

  /** Writes all that came of it to a folder, so that other compilations can see it. */
  Path writeTo(Path folder) throws IOException {
    for (Map.Entry<String, ByteArrayOutputStream> file : output.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue().toByteArray());
    }
    return folder;
  }

  /** Loads a class that was compiled. */
  Class<?> load(String name) throws ClassNotFoundException {
    return new ClassLoader(Compiled.class.getClassLoader()) {
      @Override
      protected Class<?> findClass(String wanted) throws ClassNotFoundException {
        ByteArrayOutputStream bytes = output.get(wanted.replace('.', '/') + ".class");
        if (bytes == null) {
          throw new ClassNotFoundException(wanted);
        }
        return defineClass(wanted, bytes.toByteArray(), 0, bytes.size());
      }
    }.loadClass(name);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("mem:///" + name), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    Memory(JavaFileManager delegate) {
      super(delegate);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new Written(className.replace('.', '/') + kind.extension, kind);
    }

    @Override
    public FileObject getFileForOutput(
        Location location, String packageName, String name, FileObject sibling) {
      return new Written(name, JavaFileObject.Kind.OTHER);
    }

    @Override
    public FileObject getFileForInput(Location location, String packageName, String name)
        throws IOException {
      if (location == StandardLocation.CLASS_OUTPUT) {
        return new Written("classes/" + name, JavaFileObject.Kind.OTHER);
      }
      return super.getFileForInput(location, packageName, name);
    }
  }

  private final class Written extends SimpleJavaFileObject {
    private final String path;

    Written(String path, Kind kind) {
      super(URI.create("mem:///" + path), kind);
      this.path = path;
    }

    @Override
    public OutputStream openOutputStream() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      output.put(path, bytes);
      return bytes;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
      ByteArrayOutputStream bytes = output.get(path);
      if (bytes == null) {
        throw new IOException("nothing at " + path);
      }
      return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public java.io.InputStream openInputStream() {
      ByteArrayOutputStream bytes = output.get(path);
      if (bytes == null) {
        throw new UncheckedIOException(new IOException("nothing at " + path));
      }
      return new java.io.ByteArrayInputStream(bytes.toByteArray());
    }
  }
}
