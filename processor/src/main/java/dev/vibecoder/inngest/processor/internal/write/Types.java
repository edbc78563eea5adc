package dev.vibecoder.inngest.processor.internal.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import org.jspecify.annotations.Nullable;

/** How types are written. */
final class Types {
  private Types() {}

  /** The type as a type argument; what is nothing is Void. */
  static TypeName boxed(@Nullable TypeName type) {
    return type == null ? ClassName.get(Void.class) : type.box();
  }

  /** A reference to the full generic type at run time. */
  static CodeBlock ref(@Nullable TypeName type) {
    TypeName boxed = boxed(type);
    return boxed instanceof ClassName
        ? CodeBlock.of("$T.of($T.class)", Names.TYPE_REF, boxed)
        : CodeBlock.of("new $T<$T>() {}", Names.TYPE_REF, boxed);
  }

  /** Keeps the compiler from warning of what the user decided to use. */
  static AnnotationSpec suppressing(String... warnings) {
    AnnotationSpec.Builder annotation = AnnotationSpec.builder(SuppressWarnings.class);
    for (String warning : warnings) {
      annotation.addMember("value", "$S", warning);
    }
    return annotation.build();
  }

  /** Text of the user's that goes into Javadoc. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("\\", "&#92;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
        .replace("*/", "*&#47;")
        .replace("{", "&#123;")
        .replace("}", "&#125;");
  }
}
