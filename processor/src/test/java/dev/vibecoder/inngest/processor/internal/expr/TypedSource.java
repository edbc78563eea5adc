package dev.vibecoder.inngest.processor.internal.expr;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A source whose types can be looked at, as a processor sees them. */
final class TypedSource {
  private final JavacTask task;
  private final String packageName;

  private TypedSource(JavacTask task, String packageName) {
    this.task = task;
    this.packageName = packageName;
  }

  /** Reads the types of a source in the package {@code shop}. */
  static TypedSource of(String text) {
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("mem:///shop/Types.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("-proc:none"), null, List.of(file));
    try {
      task.analyze();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TypedSource(task, "shop");
  }

  TypeMirror type(String name) {
    TypeElement element = task.getElements().getTypeElement(packageName + "." + name);
    if (element == null) {
      throw new AssertionError("No type " + name);
    }
    return element.asType();
  }

  /** The type of a field, with its type arguments. */
  TypeMirror field(String type, String name) {
    return ElementFilter.fieldsIn(((DeclaredType) type(type)).asElement().getEnclosedElements())
        .stream()
        .filter(field -> field.getSimpleName().contentEquals(name))
        .findFirst()
        .orElseThrow()
        .asType();
  }

  TypeMirror external(Class<?> type) {
    return task.getElements().getTypeElement(type.getCanonicalName()).asType();
  }

  Payloads payloads() {
    return new Payloads(task.getElements(), task.getTypes());
  }

  JacksonShapes shapes() {
    return new JacksonShapes(task.getElements(), task.getTypes());
  }
}
