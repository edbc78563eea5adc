package dev.vibecoder.inngest.internal.config;

import dev.vibecoder.inngest.InngestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a {@code .env} file: lines of {@code NAME=value}, optionally after {@code export}; values
 * may stand in single or double quotes; {@code #} begins a comment at the start of a line or after
 * white space. Nothing is expanded.
 */
final class DotEnv {
  private static final long MAX_BYTES = 1024 * 1024;

  private DotEnv() {}

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
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (i == 0 && line.startsWith("\uFEFF")) {
        line = line.substring(1);
      }
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("export ")) {
        line = line.substring("export ".length()).strip();
      }
      int equals = line.indexOf('=');
      if (equals < 1 || !line.substring(0, equals).strip().matches("[A-Za-z_][A-Za-z0-9_]*")) {
        // The line is not repeated: it may hold a key.
        throw new InngestException(
            file + ", line " + (i + 1) + ": this is not of the form NAME=value.");
      }
      settings.put(line.substring(0, equals).strip(), value(line.substring(equals + 1).strip()));
    }
    return settings;
  }

  private static String value(String text) {
    if (text.length() > 1 && (text.charAt(0) == '"' || text.charAt(0) == '\'')) {
      int close = text.indexOf(text.charAt(0), 1);
      if (close > 0) {
        return text.substring(1, close);
      }
    }
    for (int at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1)) {
      if (at == 0 || Character.isWhitespace(text.charAt(at - 1))) {
        return text.substring(0, at).strip();
      }
    }
    return text;
  }
}
