package dev.vibecoder.inngest.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** Another processor, which generates classes in the first round. */
final class Generating extends AbstractProcessor {
  private final Map<String, String> sources = new LinkedHashMap<>();

  Generating with(String name, String source) {
    sources.put(name, source);
    return this;
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
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    sources.forEach(
        (name, source) -> {
          try (Writer writer = processingEnv.getFiler().createSourceFile(name).openWriter()) {
            writer.write(source);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    sources.clear();
    return false;
  }
}
