package dev.vibecoder.inngest.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A mistake and what is said of it, read from {@code src/test/resources/diagnostics/*.txt}:
 *
 * <pre>
 * == code
 * -Aoption=value, if any, a line each
 * the whole text of the message; lines that are indented stay lines
 * -- one source file; « stands where javac points to, » where Eclipse does if that is another place
 * -- further source files
 * </pre>
 *
 * <p>Each file is in the package {@code bad} and has the imports of {@link #PRELUDE}, unless it
 * begins with a package or imports of its own; the payload class {@link #DATA} is there as well.
 * After {@code --} there may be {@code not ecj: <why>}, {@code ecj: no place} (of records it does
 * not know where they are), {@code no place} (of options nobody knows it), or {@code made by
 * another processor: <class>} or {@code inngest.lock}, the committed file of that name.
 *
 * @param family name of the file
 * @param options what the processor is told
 * @param sources the files as the compiler gets them
 * @param generated the files that another processor makes, by class
 * @param lock the committed {@code inngest.lock}, if there is one
 * @param javac where javac points to
 * @param ecj where Eclipse points to, empty if it cannot know of the mistake
 */
record MistakeCase(
    String family,
    String code,
    String text,
    List<String> options,
    List<String> sources,
    Map<String, String> generated,
    Optional<String> lock,
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
  private static final String OTHER = "made by another processor: ";
  private static final char JAVAC = '«';
  private static final char ECJ = '»';

  /** A place in a file, counted from one. */
  record Place(String file, long line, long column) {
    /** What a compiler says that does not know the place. */
    static final Place NONE = new Place("", 0, 0);

    /** The place of a diagnostic. */
    static Place of(Compiled.Message message) {
      return message.line() > 0
          // Eclipse's compiler has what is generated in a folder beside the sources.
          ? new Place(
              message.file().replaceFirst("^\\.\\./out/", ""), message.line(), message.column())
          : NONE;
    }
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

  /** Compiles it, and nothing but it. */
  Compiled compile(Compiled.Tool tool) {
    Generating other = new Generating();
    generated.forEach(other::with);
    List<String> all = new ArrayList<>(options);
    lock.ifPresent(content -> all.add("-Ainngest.lock=" + written(content)));
    return Compiled.with(
        tool,
        all,
        List.of(other),
        Stream.concat(Stream.of(DATA), sources.stream()).toArray(String[]::new));
  }

  private static Path written(String lock) {
    try {
      return Files.writeString(Files.createTempDirectory("lock").resolve("inngest.lock"), lock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MistakeCase parse(String family, String text) {
    List<String> parts = List.of(text.split("(?m)^--", -1));
    List<String> head = new ArrayList<>(parts.get(0).strip().lines().toList());
    String code = head.remove(0);
    List<String> options = head.stream().filter(line -> line.startsWith("-A")).toList();
    head.removeAll(options);
    List<String> sources = new ArrayList<>();
    Map<String, String> generated = new LinkedHashMap<>();
    List<Place> javac = new ArrayList<>();
    List<Place> ecj = new ArrayList<>();
    Optional<String> lock = Optional.empty();
    String notes = "";
    for (String part : parts.subList(1, parts.size())) {
      String[] file = part.split("\n", 2);
      if (file[0].contains(OTHER)) {
        String name = file[0].strip().substring(OTHER.length());
        generated.put(name, unmarked(file[1]));
        places(name.replace('.', '/') + ".java", file[1], javac, ecj);
        continue;
      }
      if (file[0].strip().equals("inngest.lock")) {
        lock = Optional.of(file[1].stripTrailing() + "\n");
        continue;
      }
      notes += file[0] + ";";
      String marked =
          (file[1].matches("(?s)(package|import) .*") ? "" : PRELUDE)
              + file[1].stripTrailing()
              + "\n";
      String source = unmarked(marked);
      sources.add(source);
      places(Compiled.path(source), marked, javac, ecj);
    }
    if (notes.contains(" no place") && !notes.contains("ecj: no place")) {
      javac.add(Place.NONE);
    }
    if (javac.size() != 1 || ecj.size() > 1 || head.isEmpty()) {
      throw new IllegalStateException("One text, one « and at most one » are needed: " + text);
    }
    return new MistakeCase(
        family,
        code,
        String.join("\n", head).replaceAll("\n(?! {4})", " "),
        options,
        sources,
        generated,
        lock,
        javac.get(0),
        notes.contains("not ecj:")
            ? Optional.empty()
            : Optional.of(
                notes.contains("ecj: no place")
                    ? Place.NONE
                    : ecj.isEmpty() ? javac.get(0) : ecj.get(0)));
  }

  private static String unmarked(String text) {
    return text.replace(String.valueOf(JAVAC), "").replace(String.valueOf(ECJ), "");
  }

  private static void places(String file, String marked, List<Place> javac, List<Place> ecj) {
    place(file, marked.replace(String.valueOf(ECJ), ""), JAVAC).ifPresent(javac::add);
    place(file, marked.replace(String.valueOf(JAVAC), ""), ECJ).ifPresent(ecj::add);
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
