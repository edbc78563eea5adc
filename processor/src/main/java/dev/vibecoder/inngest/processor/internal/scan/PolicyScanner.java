package dev.vibecoder.inngest.processor.internal.scan;

import com.palantir.javapoet.TypeName;
import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.model.StepModel;
import dev.vibecoder.inngest.processor.internal.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a step says of its failures and of its past. */
final class PolicyScanner {
  private static final int MAX_RETRIES = 20;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final Problems problems;
  private final TypeNames names;

  PolicyScanner(Problems problems, TypeNames names) {
    this.problems = problems;
    this.names = names;
  }

  /**
   * Reads one step.
   *
   * @param here where to report if the annotation is not in the class that is compiled
   */
  StepModel.Policy scan(String step, Annotation annotation, @Nullable Location here) {
    Integer retries = retries(annotation, here);
    return new StepModel.Policy(
        annotation.texts("formerly").stream().map(Annotation.Text::value).toList(),
        retries,
        backoff(step, annotation, retries, here),
        nonRetriable(step, annotation, here));
  }

  private @Nullable Integer retries(Annotation annotation, @Nullable Location here) {
    int retries = annotation.number("retries", -1);
    if (retries < -1 || retries > MAX_RETRIES) {
      problems.add(
          ProblemCode.RETRIES,
          here == null ? annotation.at("retries") : here,
          "retries is " + retries + ".",
          "The server takes 0 to " + MAX_RETRIES + ".");
    }
    return retries == -1 ? null : retries;
  }

  private List<Duration> backoff(
      String step, Annotation annotation, @Nullable Integer retries, @Nullable Location here) {
    List<Duration> delays = new ArrayList<>();
    List<Annotation.Text> written = annotation.texts("backoff");
    if (!written.isEmpty() && retries != null && retries == 0) {
      problems.add(
          ProblemCode.STEP_BACKOFF,
          here == null ? annotation.at("backoff") : here,
          "Step " + step + " has a backoff, and is never tried again.",
          "Remove backoff, or give it retries.");
      return delays;
    }
    for (Annotation.Text text : written) {
      Optional<Duration> delay = Durations.parse(text.value());
      Location at = here == null ? text.location() : here;
      if (delay.isEmpty()) {
        problems.add(
            ProblemCode.STEP_BACKOFF,
            at,
            "\"" + text.value() + "\" is no duration.",
            "Write numbers with the units d, h, m or s, as in 30s or 1h30m.");
      } else if (delay.get().compareTo(SHORTEST) < 0 || delay.get().compareTo(LONGEST) > 0) {
        problems.add(
            ProblemCode.STEP_BACKOFF,
            at,
            "The backoff \"" + text.value() + "\" is not between one second and 24 hours.",
            "A step that has to wait longer sleeps between two steps.");
      } else {
        delays.add(delay.get());
      }
    }
    return delays;
  }

  private List<TypeName> nonRetriable(String step, Annotation annotation, @Nullable Location here) {
    List<TypeName> types = new ArrayList<>();
    for (Annotation.Type type : annotation.types("nonRetriable")) {
      Optional<String> hidden = names.access().problem(type.value(), names.fromPackage());
      hidden.ifPresent(
          problem ->
              problems.add(
                  ProblemCode.TYPE_ACCESS,
                  here == null ? type.location() : here,
                  "Step " + step + " names " + problem + ".",
                  "Make the type visible: generated code in the same package names it too."));
      if (hidden.isEmpty()) {
        types.add(names.of(type.value()));
      }
    }
    return types;
  }
}
