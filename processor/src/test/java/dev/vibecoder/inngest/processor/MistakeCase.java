package dev.vibecoder.inngest.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A mistake and what is said of it, read from {@code src/test/resources/diagnostics/*.txt}:
 *
 * <pre>
 * == code
 * the whole text of the message
 * -- one source file; « stands where javac points to, » where Eclipse does if that is another place
 * -- further source files
 * </pre>
 *
 * <p>Each file is in the package {@code bad} and has the imports of {@link #PRELUDE}, unless it
 * says its package; the payload class {@link #DATA} is there as well. After {@code --} there may be
 * {@code not ecj: <why>}, or {@code ecj: no place}: of records it does not know where they are.
 *
 * @param family name of the file
 * @param sources the files as the compiler gets them
 * @param javac where javac points to
 * @param ecj where Eclipse points to, empty if it cannot know of the mistake
 */
record MistakeCase(
    String family,
    String code,
    String text,
    List<String> sources,
    Place javac,
    Optional<Place> ecj) {
  static final String PRELUDE =
      "package bad;\n"
          + "import dev.vibecoder.inngest.*;\n"
          + "import dev.vibecoder.inngest.annotation.*;\n"
          + "import java.util.*;\n";
  static final String DATA =
      PRELUDE + "@InngestEvent(\"bad/done\")\npublic record Data(String name, int count) {}\n";
  private static final Path FOLDER = Path.of("src/test/resources/diagnostics");
  private static final char JAVAC = '«';
  private static final char ECJ = '»';

  private static final Place NOWHERE = new Place("", 0, 1);

  /** A place in a file, counted from one. */
  record Place(String file, long line, long column) {}

  /** What is said where the place is not known. */
  boolean isNowhere(Place place) {
    return place.equals(NOWHERE);
  }

  static List<MistakeCase> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<MistakeCase> cases = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        String family = file.getFileName().toString().replace(".txt", "");
        Arrays.stream(Files.readString(file).split("(?m)^== ", -1))
            .skip(1)
            .forEach(text -> cases.add(parse(family, text)));
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MistakeCase parse(String family, String text) {
    List<String> parts = List.of(text.split("(?m)^--", -1));
    String[] head = parts.get(0).strip().split("\n", 2);
    List<String> sources = new ArrayList<>();
    List<Place> javac = new ArrayList<>();
    List<Place> ecj = new ArrayList<>();
    boolean known = true;
    boolean placed = true;
    for (String part : parts.subList(1, parts.size())) {
      String[] file = part.split("\n", 2);
      known &= !file[0].contains("not ecj");
      placed &= !file[0].contains("ecj: no place");
      String marked =
          (file[1].startsWith("package ") ? "" : PRELUDE) + file[1].stripTrailing() + "\n";
      String source = marked.replace(String.valueOf(JAVAC), "").replace(String.valueOf(ECJ), "");
      sources.add(source);
      String path = Compiled.path(source);
      place(path, marked.replace(String.valueOf(ECJ), ""), JAVAC).ifPresent(javac::add);
      place(path, marked.replace(String.valueOf(JAVAC), ""), ECJ).ifPresent(ecj::add);
    }
    if (javac.size() != 1 || ecj.size() > 1 || head.length != 2) {
      throw new IllegalStateException("One text, one « and at most one » are needed: " + text);
    }
    return new MistakeCase(
        family,
        head[0].strip(),
        head[1].strip().replace("\n", " "),
        sources,
        javac.get(0),
        known
            ? Optional.of(!placed ? NOWHERE : ecj.isEmpty() ? javac.get(0) : ecj.get(0))
            : Optional.empty());
  }

  private static Optional<Place> place(String file, String marked, char marker) {
    int at = marked.indexOf(marker);
    if (at < 0) {
      return Optional.empty();
    }
    String before = marked.substring(0, at);
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    return Optional.of(new Place(file, line, at - before.lastIndexOf('\n')));
  }

  @Override
  public String toString() {
    return family + ", " + code + ": " + text;
  }
}
