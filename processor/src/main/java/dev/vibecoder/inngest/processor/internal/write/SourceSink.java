package dev.vibecoder.inngest.processor.internal.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;
import javax.tools.FileObject;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/** Writes generated files; the only user of the {@link Filer}. */
public final class SourceSink {
  private static final Pattern ONE_LINE = Pattern.compile("/\\*\\*\n *\\* ([^\n]{1,80})\n *\\*/");
  private static final Pattern TESTS = Pattern.compile("/test-classes/|/classes/java/[^/]*test/");
  private static final Pattern EMPTY = Pattern.compile(" \\{\n *\\}");

  /** What is used without an import, by generated code or by the code that it repeats. */
  private static final List<String> OF_JAVA_LANG =
      Stream.of(
              Boolean.class,
              Byte.class,
              Character.class,
              CharSequence.class,
              Class.class,
              Deprecated.class,
              Double.class,
              Enum.class,
              Error.class,
              Exception.class,
              Float.class,
              IllegalArgumentException.class,
              IllegalStateException.class,
              Integer.class,
              Iterable.class,
              Long.class,
              Number.class,
              Object.class,
              Override.class,
              Runnable.class,
              RuntimeException.class,
              SafeVarargs.class,
              Short.class,
              String.class,
              SuppressWarnings.class,
              Throwable.class,
              Void.class)
          .map(Class::getSimpleName)
          .toList();

  private final Filer filer;
  private final BiPredicate<Element, String> sees;
  private final List<Failure> failures = new ArrayList<>();
  private final Set<String> written = new HashSet<>();
  private final Map<String, List<String>> hidden = new HashMap<>();

  /**
   * Makes a sink.
   *
   * @param sees whether code beside an element can name a class
   */
  public SourceSink(Filer filer, BiPredicate<Element, String> sees) {
    this.filer = filer;
    this.sees = sees;
  }

  /** A file that could not be written. */
  public record Failure(String file, String message, Element origin) {}

  /** What could not be written; whoever reports it removes it. */
  public List<Failure> failures() {
    return failures;
  }

  /** Whether any class was written in this compilation. */
  public boolean hasWritten() {
    return !written.isEmpty();
  }

  /** Whether a class was written in this compilation. */
  public boolean hasWritten(String name) {
    return written.contains(name);
  }

  /** Whether code beside the origins can name a class. */
  boolean sees(List<? extends Element> origins, ClassName type) {
    return sees.test(origins.get(0), type.canonicalName());
  }

  /** Writes one class, marked as generated, without a time stamp. */
  void write(String packageName, TypeSpec.Builder type, List<? extends Element> origins) {
    write(packageName, type, origins, file -> file);
  }

  /**
   * Writes one class.
   *
   * @param imports adds what is imported beside classes
   */
  void write(
      String packageName,
      TypeSpec.Builder type,
      List<? extends Element> origins,
      UnaryOperator<JavaFile.Builder> imports) {
    if (sees(origins, Names.GENERATED)) {
      type.addAnnotation(
          AnnotationSpec.builder(Names.GENERATED)
              .addMember("value", "$S", Names.PROCESSOR)
              .build());
    }
    hidden
        .computeIfAbsent(packageName, any -> hidden(packageName, origins.get(0)))
        .forEach(type::alwaysQualify);
    TypeSpec marked = type.addAnnotation(Names.MARKER).build();
    JavaFile file =
        imports
            .apply(JavaFile.builder(packageName, marked))
            .skipJavaLangImports(true)
            .indent("  ")
            .build();
    String name = packageName.isEmpty() ? marked.name() : packageName + "." + marked.name();
    written.add(name);
    String text = tidied(file.toString());
    try {
      JavaFileObject source = filer.createSourceFile(name, origins.toArray(new Element[0]));
      try (Writer writer = source.openWriter()) {
        writer.write(text);
      }
    } catch (IOException e) {
      failures.add(new Failure(name, String.valueOf(e.getMessage()), origins.get(0)));
    }
  }

  /** The classes of java.lang that a class of the package hides by its name. */
  private List<String> hidden(String packageName, Element beside) {
    return OF_JAVA_LANG.stream()
        .filter(name -> sees.test(beside, packageName.isEmpty() ? name : packageName + "." + name))
        .toList();
  }

  private static String tidied(String text) {
    // A line that is broken after "=" keeps a blank there.
    String withoutBlanks = text.replace(" \n", "\n");
    String withoutGaps = EMPTY.matcher(withoutBlanks).replaceAll(" {}");
    return ONE_LINE.matcher(withoutGaps).replaceAll("/** $1 */");
  }

  /** Writes one resource. */
  public void resource(String path, String content, List<? extends Element> origins) {
    try {
      FileObject file =
          filer.createResource(
              StandardLocation.CLASS_OUTPUT, "", path, origins.toArray(new Element[0]));
      try (Writer writer = file.openWriter()) {
        writer.write(content);
      }
    } catch (IOException e) {
      failures.add(new Failure(path, String.valueOf(e.getMessage()), origins.get(0)));
    }
  }

  /** Whether a class is left in the output folders from a former compilation. */
  public boolean isOwn(ClassName type) {
    return exists(StandardLocation.CLASS_OUTPUT, type, ".class")
        || exists(StandardLocation.SOURCE_OUTPUT, type, ".java");
  }

  private boolean exists(StandardLocation location, ClassName type, String extension) {
    try (InputStream file =
        filer
            .getResource(location, type.packageName(), type.simpleName() + extension)
            .openInputStream()) {
      return file != null;
    } catch (IOException | RuntimeException absent) {
      // Compilers without such a folder say so in different ways.
      return false;
    }
  }

  /**
   * Whether the compilation is one of tests, as far as its output folder tells: Maven's {@code
   * test-classes}, Gradle's {@code classes/java/test} and {@code classes/java/integrationTest}.
   */
  public boolean writesTests() {
    return output()
        .map(file -> file.toString().toLowerCase(Locale.ROOT))
        .filter(path -> TESTS.matcher(path).find())
        .isPresent();
  }

  /** The folder that class files are written to, if it is one. */
  public Optional<Path> outputFolder() {
    try {
      return output().map(Path::of).map(Path::getParent);
    } catch (IllegalArgumentException | FileSystemNotFoundException noFile) {
      // Class files may also be kept in memory.
      return Optional.empty();
    }
  }

  private Optional<URI> output() {
    try {
      return Optional.of(filer.getResource(StandardLocation.CLASS_OUTPUT, "", "inngest").toUri());
    } catch (IOException | RuntimeException unknown) {
      // Some compilers have no output folder to ask for.
      return Optional.empty();
    }
  }
}
