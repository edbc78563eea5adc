package dev.vibecoder.inngest.processor.internal.scan;

import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.validate.OptionKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;

/**
 * The annotations of a function class, and where their members stand.
 *
 * @param type the function class
 */
public record DeclaredOptions(TypeElement type) {
  /** The annotations of function classes beside InngestFunction. */
  public static final List<String> NAMES =
      List.of(
          "Batch",
          "CancelOn",
          "Checkpoint",
          "Concurrency",
          "Cron",
          "Debounce",
          "Priority",
          "RateLimit",
          "Singleton",
          "Throttle",
          "Timeouts",
          "Trigger");

  /** The members that must be written: the compiler reports it if they are not. */
  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "Batch", List.of("maxSize", "timeout"),
          "Concurrency", List.of("limit"),
          "Cron", List.of("value"),
          "Debounce", List.of("period"),
          "Priority", List.of("value"),
          "RateLimit", List.of("limit", "period"),
          "Throttle", List.of("limit", "period"));

  /** The members that the checks know by another name. */
  private static final Map<String, String> ALIASES =
      Map.of("Priority.run", "value", "Cron.expression", "value");

  /** All of them, each as often as it was given. */
  Stream<Annotation> all() {
    return Stream.concat(Stream.of("InngestFunction"), NAMES.stream())
        .flatMap(name -> Annotation.all(type, name).stream());
  }

  Optional<Annotation> one(String name) {
    return Annotation.all(type, name).stream().findFirst();
  }

  /** Whether the compiler has nothing to say about an annotation. */
  static boolean isComplete(Annotation annotation) {
    return !annotation.isUnresolved()
        && REQUIRED.getOrDefault(annotation.simpleName(), List.of()).stream()
            .allMatch(annotation::has);
  }

  /** The place of a member, or of its annotation if it was not written. */
  Location at(OptionKey key) {
    List<Annotation> given = Annotation.all(type, key.annotation());
    if (key.occurrence() >= given.size()) {
      return Location.of(type);
    }
    Annotation annotation = given.get(key.occurrence());
    String member = ALIASES.getOrDefault(key.annotation() + "." + key.member(), key.member());
    return annotation.at(member, key.item());
  }
}
