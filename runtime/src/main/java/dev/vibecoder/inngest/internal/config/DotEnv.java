package dev.vibecoder.inngest.internal.config;

import dev.vibecoder.inngest.InngestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a {@code .env} file: lines of {@code NAME=value}, optionally after {@code export}; values
 * may stand in single or double quotes, and then reach over several lines; {@code #} begins a
 * comment at the start of a line, after white space or after a closing quote. Nothing is expanded.
 *
 * <p>The file belongs to other tools too: what has another form is skipped and reported once, but a
 * malformed line that begins with {@code INNGEST_} is an error.
 */
final class DotEnv {
  private static final Logger LOG = LoggerFactory.getLogger(DotEnv.class);
  private static final long MAX_BYTES = 1024 * 1024;
  private static final String OWN = "INNGEST_";
  private static final String EXPORT = "export ";
  // Options are built more than once in a process, each time from the file.
  private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

  private final List<String> lines;
  private final String file;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<Integer> skipped = new ArrayList<>();
  private int at;

  private DotEnv(List<String> lines, String file) {
    this.lines = lines;
    this.file = file;
  }

  /** The settings of a file; none if it does not exist. */
  static Map<String, String> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new InngestException("The file " + file + " is larger than a settings file can be.");
      }
      return parse(Files.readAllLines(file, StandardCharsets.UTF_8), file.toString());
    } catch (IOException e) {
      throw new InngestException("Cannot read the file " + file + ": " + e.getMessage(), e);
    }
  }

  static Map<String, String> parse(List<String> lines, String file) {
    DotEnv parsed = new DotEnv(lines, file);
    parsed.parse();
    parsed.report();
    return parsed.settings;
  }

  private void parse() {
    while (at < lines.size()) {
      String line = line();
      if (!line.isEmpty() && !line.startsWith("#") && !assignment(line)) {
        malformed(line);
      }
      at++;
    }
  }

  private String line() {
    String line = lines.get(at);
    String text = (at == 0 && line.startsWith("\uFEFF") ? line.substring(1) : line).strip();
    return text.startsWith(EXPORT) ? text.substring(EXPORT.length()).strip() : text;
  }

  /** Reads what begins at the present line, and stays there if it is no assignment. */
  private boolean assignment(String line) {
    int equals = line.indexOf('=');
    if (equals < 1 || !line.substring(0, equals).strip().matches("[A-Za-z_][A-Za-z0-9_]*")) {
      return false;
    }
    String text = line.substring(equals + 1).strip();
    boolean quoted = text.startsWith("\"") || text.startsWith("'");
    String value = quoted ? quoted(text) : plain(text);
    if (value == null) {
      return false;
    }
    settings.put(line.substring(0, equals).strip(), value);
    return true;
  }

  private @Nullable String quoted(String text) {
    char quote = text.charAt(0);
    StringBuilder value = new StringBuilder();
    String part = text.substring(1);
    for (int last = at; ; part = lines.get(last)) {
      int close = part.indexOf(quote);
      if (close >= 0) {
        String rest = part.substring(close + 1).strip();
        if (!rest.isEmpty() && !rest.startsWith("#")) {
          return null;
        }
        at = last;
        return value.append(part, 0, close).toString();
      }
      value.append(part).append('\n');
      last++;
      if (last == lines.size()) {
        return null;
      }
    }
  }

  private static String plain(String text) {
    for (int hash = text.indexOf('#'); hash >= 0; hash = text.indexOf('#', hash + 1)) {
      if (hash == 0 || Character.isWhitespace(text.charAt(hash - 1))) {
        return text.substring(0, hash).strip();
      }
    }
    return text;
  }

  private void malformed(String line) {
    if (line.startsWith(OWN)) {
      // The line is not repeated: it may hold a key.
      throw new InngestException(
          file
              + ", line "
              + (at + 1)
              + ": this is not of the form NAME=value. A quoted value needs its closing quote, with"
              + " nothing but a comment after it.");
    }
    skipped.add(at + 1);
  }

  private void report() {
    if (skipped.isEmpty()) {
      return;
    }
    String numbers = skipped.stream().map(String::valueOf).collect(Collectors.joining(", "));
    if (REPORTED.add(file + ":" + numbers)) {
      LOG.warn(
          "{}, line {}: skipped, not of the form NAME=value. Other tools may understand it.",
          file,
          numbers);
    }
  }
}
