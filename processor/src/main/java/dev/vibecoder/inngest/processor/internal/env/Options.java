package dev.vibecoder.inngest.processor.internal.env;

import dev.vibecoder.inngest.processor.internal.diag.DidYouMean;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.lint.LintLevel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.SourceVersion;

/**
 * The processor's options, {@code -Ainngest.<name>=<value>}.
 *
 * @param modulePackage where the classes of the whole module go; the longest common package if
 *     empty
 * @param indexPackage where the index goes
 * @param test whether the module's classes are named for test code; decided by the output folder if
 *     empty
 * @param lint what is made of doubtful code
 * @param lock the file that keeps what runs under way rely on
 * @param updateLock whether the file is changed to what the code is now
 */
public record Options(
    Optional<String> modulePackage,
    String indexPackage,
    Optional<Boolean> test,
    LintLevel lint,
    Optional<Path> lock,
    boolean updateLock) {
  /** Where other modules look for the index. */
  public static final String DEFAULT_INDEX = "dev.vibecoder.inngest.index";

  private static final String PREFIX = "inngest.";
  private static final String PACKAGE = "inngest.package";
  private static final String INDEX_PACKAGE = "inngest.index.package";
  private static final String TEST = "inngest.test";
  private static final String LINT = "inngest.lint";
  private static final String LOCK = "inngest.lock";
  private static final String UPDATE_LOCK = "inngest.lock.update";

  /** All names. */
  public static final Set<String> NAMES =
      new TreeSet<>(Set.of(PACKAGE, INDEX_PACKAGE, TEST, LINT, LOCK, UPDATE_LOCK));

  /** The names that are answered for: all, and those that are none but could be meant. */
  public static Set<String> claimed(Map<String, String> options) {
    Set<String> names = new TreeSet<>(NAMES);
    options.keySet().stream().filter(name -> name.startsWith(PREFIX)).forEach(names::add);
    return names;
  }

  /** Reads the options and reports those that are none. */
  public static Options read(Map<String, String> options, Problems problems) {
    for (String name : new TreeSet<>(options.keySet())) {
      if (name.startsWith(PREFIX) && !NAMES.contains(name)) {
        problems.addGeneral(
            ProblemCode.UNKNOWN_OPTION,
            "The option -A" + name + " does not exist.",
            DidYouMean.sentence(name, NAMES) + "Options are " + String.join(", ", NAMES) + ".");
      }
    }
    Optional<LintLevel> lint = Optional.ofNullable(options.get(LINT)).flatMap(LintLevel::of);
    if (options.containsKey(LINT) && lint.isEmpty()) {
      problems.addGeneral(
          ProblemCode.UNKNOWN_OPTION,
          "The option -A" + LINT + " is \"" + options.get(LINT) + "\".",
          "It is off, warn or error.");
    }
    return new Options(
        packageName(options, PACKAGE, problems),
        packageName(options, INDEX_PACKAGE, problems).orElse(DEFAULT_INDEX),
        truth(options, TEST, problems),
        lint.orElse(LintLevel.WARN),
        file(options, LOCK, problems),
        truth(options, UPDATE_LOCK, problems).orElse(false));
  }

  private static Optional<Boolean> truth(
      Map<String, String> options, String name, Problems problems) {
    String value = options.get(name);
    if (value != null && !value.equals("true") && !value.equals("false")) {
      problems.addGeneral(
          ProblemCode.UNKNOWN_OPTION,
          "The option -A" + name + " is \"" + value + "\".",
          "It is true or false.");
    }
    return Optional.ofNullable(value).map(Boolean::valueOf);
  }

  private static Optional<Path> file(Map<String, String> options, String name, Problems problems) {
    if (!options.containsKey(name)) {
      return Optional.empty();
    }
    String value = options.get(name);
    try {
      if (value != null && !value.isBlank()) {
        return Optional.of(Path.of(value));
      }
    } catch (InvalidPathException e) {
      // It is told below.
    }
    problems.addGeneral(
        ProblemCode.UNKNOWN_OPTION,
        "The option -A" + name + " is \"" + (value == null ? "" : value) + "\", which is no file.",
        "Give a file, as in -A" + name + "=/path/to/inngest.lock.");
    return Optional.empty();
  }

  private static Optional<String> packageName(
      Map<String, String> options, String name, Problems problems) {
    String value = options.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!SourceVersion.isName(value)) {
      problems.addGeneral(
          ProblemCode.UNKNOWN_OPTION,
          "The option -A" + name + " is \"" + value + "\", which is no package.",
          "Give a package, as in -A" + name + "=com.example.app.");
      return Optional.empty();
    }
    return Optional.of(value);
  }
}
