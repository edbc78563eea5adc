package dev.vibecoder.inngest.processor;

import com.google.auto.service.AutoService;
import dev.vibecoder.inngest.processor.internal.env.Compilation;
import dev.vibecoder.inngest.processor.internal.env.Options;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Turns annotated classes into durable functions and tells what is wrong with them. Thread-safety
 * is the compiler's business: it uses one instance on one thread.
 */
@AutoService(Processor.class)
public final class InngestProcessor extends AbstractProcessor {
  private static final String ANNOTATIONS = "dev.vibecoder.inngest.annotation.";

  private @Nullable Compilation compilation;
  private Set<String> options = Options.NAMES;

  /** Made by the compiler. */
  public InngestProcessor() {}

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    // All of them: one that stands where it does nothing is reported.
    return Set.of(ANNOTATIONS + "*");
  }

  @Override
  public Set<String> getSupportedOptions() {
    return options;
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    // Misspelt ones as well: they are reported here, and javac need not warn of them again.
    options = Options.claimed(environment.getOptions());
    compilation = new Compilation(environment);
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (compilation != null) {
      compilation.round(round);
    }
    // The annotations are left to other processors as well.
    return false;
  }
}
