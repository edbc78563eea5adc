package dev.vibecoder.inngest.internal.config;

import java.util.Optional;

/** Where an app is hosted, from the variables that the hosts set. */
public final class Platform {
  private Platform() {}

  /** The host's name on the wire, or empty if it is none of those the server knows. */
  public static Optional<String> of(Settings settings) {
    if (is(settings, "VERCEL", "1")) {
      return Optional.of("vercel");
    }
    if (is(settings, "NETLIFY", "true")) {
      return Optional.of("netlify");
    }
    if (is(settings, "CF_PAGES", "1")) {
      return Optional.of("cloudflare-pages");
    }
    if (is(settings, "RENDER", "true")) {
      return Optional.of("render");
    }
    return settings.foreign("RAILWAY_ENVIRONMENT").map(set -> "railway");
  }

  private static boolean is(Settings settings, String variable, String value) {
    return settings.foreign(variable).filter(value::equals).isPresent();
  }
}
