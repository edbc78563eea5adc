package dev.vibecoder.inngest.devserver.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The dashboard's files, read once from the jar. */
final class Assets {
  private static final String FOLDER = "/dev/vibecoder/inngest/devserver/dashboard/";
  private static final Map<String, String> FILES =
      Map.of(
          "index.html", "text/html; charset=utf-8",
          "app.js", "text/javascript; charset=utf-8",
          "format.js", "text/javascript; charset=utf-8",
          "patch.js", "text/javascript; charset=utf-8",
          "views.js", "text/javascript; charset=utf-8",
          "style.css", "text/css; charset=utf-8",
          "icon.svg", "image/svg+xml");
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer");

  private final Map<String, ApiResponse> files = new HashMap<>();

  Assets() {
    FILES.forEach((name, type) -> files.put(name, new ApiResponse(200, type, read(name), HEADERS)));
  }

  private static byte[] read(String name) {
    try (InputStream stream = Assets.class.getResourceAsStream(FOLDER + name)) {
      if (stream == null) {
        throw new IllegalStateException("The dashboard's file " + name + " is missing");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file, or the page itself: every view has a URL of its own. */
  Optional<ApiResponse> find(String path) {
    if (!path.equals("/dashboard") && !path.startsWith("/dashboard/")) {
      return Optional.empty();
    }
    String name = path.substring(path.lastIndexOf('/') + 1);
    ApiResponse file = path.startsWith("/dashboard/assets/") ? files.get(name) : null;
    if (file != null) {
      return Optional.of(file);
    }
    return path.startsWith("/dashboard/assets/")
        ? Optional.empty()
        : Optional.ofNullable(files.get("index.html"));
  }
}
