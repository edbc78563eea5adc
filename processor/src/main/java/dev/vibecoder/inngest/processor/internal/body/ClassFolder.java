package dev.vibecoder.inngest.processor.internal.body;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The class files that former compilations left where this one writes. */
final class ClassFolder {
  private static final String ENDING = ".class";

  private final @Nullable Path root;
  private @Nullable NavigableMap<String, Path> files;
  private final Map<String, Optional<ClassFileScanner.Scanned>> scanned = new TreeMap<>();

  ClassFolder(@Nullable Path root) {
    this.root = root;
  }

  /** Whether the file of a class is there, by its canonical name. */
  boolean has(String type) {
    return files().keySet().stream().anyMatch(name -> name.replace('$', '.').equals(type));
  }

  /** What a class and those in it say, by their binary names. */
  Map<String, ClassBody> of(String type) {
    return read(name -> Bodies.isIn(name, type));
  }

  /**
   * What all classes say that nobody generated.
   *
   * @param elsewhere whether a class is known from its source
   */
  Map<String, ClassBody> others(Predicate<String> elsewhere) {
    return read(name -> !elsewhere.test(name) && !isGenerated(outermost(name)));
  }

  private boolean isGenerated(String outermost) {
    return files().containsKey(outermost)
        && scan(outermost).filter(ClassFileScanner.Scanned::generated).isPresent();
  }

  static String outermost(String type) {
    int dollar = type.indexOf('$', type.lastIndexOf('.') + 2);
    return dollar < 0 ? type : type.substring(0, dollar);
  }

  private Map<String, ClassBody> read(Predicate<String> wanted) {
    Map<String, ClassBody> found = new TreeMap<>();
    for (String name : files().keySet()) {
      if (wanted.test(name)) {
        scan(name).ifPresent(one -> found.put(name, one.body()));
      }
    }
    return found;
  }

  private Optional<ClassFileScanner.Scanned> scan(String name) {
    return scanned.computeIfAbsent(
        name,
        any -> {
          try {
            return Optional.of(ClassFileScanner.scan(Files.readAllBytes(files().get(name))));
          } catch (IOException | RuntimeException unreadable) {
            // Whoever needs the class itself hears of it from the compiler.
            return Optional.empty();
          }
        });
  }

  private NavigableMap<String, Path> files() {
    NavigableMap<String, Path> known = files;
    if (known == null) {
      known = list();
      files = known;
    }
    return known;
  }

  private NavigableMap<String, Path> list() {
    NavigableMap<String, Path> found = new TreeMap<>();
    Path folder = root;
    if (folder == null || !Files.isDirectory(folder)) {
      return found;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(path -> path.toString().endsWith(ENDING))
          .forEach(path -> found.put(name(folder, path), path));
    } catch (IOException | RuntimeException unreadable) {
      found.clear();
    }
    return found;
  }

  private static String name(Path folder, Path file) {
    String relative = folder.relativize(file).toString();
    return relative
        .substring(0, relative.length() - ENDING.length())
        .replace(folder.getFileSystem().getSeparator(), ".");
  }
}
