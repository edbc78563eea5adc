package dev.vibecoder.inngest.processor.internal.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;
import javax.tools.FileObject;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/** Writes generated files; the only user of the {@link Filer}. */
public final class SourceSink {
  private final Filer filer;

  public SourceSink(Filer filer) {
    this.filer = filer;
  }

  /** Writes one class, marked as generated, without a time stamp. */
  void write(String packageName, TypeSpec.Builder type, List<? extends Element> origins) {
    TypeSpec marked =
        type.addAnnotation(
                AnnotationSpec.builder(Names.GENERATED)
                    .addMember("value", "$S", Names.PROCESSOR)
                    .build())
            .addAnnotation(Names.MARKER)
            .build();
    JavaFile file =
        JavaFile.builder(packageName, marked).skipJavaLangImports(true).indent("  ").build();
    String name = packageName.isEmpty() ? marked.name() : packageName + "." + marked.name();
    try {
      JavaFileObject source = filer.createSourceFile(name, origins.toArray(new Element[0]));
      try (Writer writer = source.openWriter()) {
        // A line that is broken after "=" keeps a blank there.
        writer.write(file.toString().replace(" \n", "\n"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes one resource. */
  void resource(String path, String content, List<? extends Element> origins) {
    try {
      FileObject file =
          filer.createResource(
              StandardLocation.CLASS_OUTPUT, "", path, origins.toArray(new Element[0]));
      try (Writer writer = file.openWriter()) {
        writer.write(content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether the compilation is one of tests, as far as its output folder tells: Maven's {@code
   * test-classes}, Gradle's {@code classes/java/test}.
   */
  public boolean writesTests() {
    String path;
    try {
      path =
          filer
              .getResource(StandardLocation.CLASS_OUTPUT, "", "inngest")
              .toUri()
              .toString()
              .toLowerCase(Locale.ROOT);
    } catch (IOException | RuntimeException unknown) {
      // Some compilers have no output folder to ask for: then it is no test compilation.
      return false;
    }
    return path.contains("/test-classes/") || path.contains("/classes/java/test/");
  }
}
