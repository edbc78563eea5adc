package dev.vibecoder.inngest.internal.config;

import dev.vibecoder.inngest.InngestException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks settings up by the name of their environment variable: first as a system property ({@code
 * INNGEST_EVENT_KEY} is {@code inngest.event.key} there), then in the environment, then in the file
 * {@code .env} of the working directory. An empty value counts as none.
 */
public final class Settings {
  private static final int MAX_PORT = 65_535;

  private final Function<String, @Nullable String> properties;
  private final Function<String, @Nullable String> environment;
  private final Map<String, String> file;

  private Settings(
      Function<String, @Nullable String> properties,
      Function<String, @Nullable String> environment,
      Map<String, String> file) {
    this.properties = properties;
    this.environment = environment;
    this.file = file;
  }

  /** The settings of this process. */
  public static Settings ofProcess() {
    return new Settings(System::getProperty, System::getenv, DotEnv.read(Path.of(".env")));
  }

  /** Given settings, by the names of the variables. */
  public static Settings of(Map<String, String> variables) {
    return new Settings(name -> null, name -> null, Map.copyOf(variables));
  }

  /** Given settings in their three places. */
  static Settings of(
      Map<String, String> properties, Map<String, String> environment, Map<String, String> file) {
    return new Settings(properties::get, environment::get, Map.copyOf(file));
  }

  /** A text. */
  public Optional<String> text(String variable) {
    String property = variable.toLowerCase(Locale.ROOT).replace('_', '.');
    return Stream.of(properties.apply(property), environment.apply(variable), file.get(variable))
        .filter(Objects::nonNull)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  /**
   * A text under a name that is not this library's: a system property of that name would be
   * somebody else's.
   */
  public Optional<String> foreign(String variable) {
    return Stream.of(environment.apply(variable), file.get(variable))
        .filter(Objects::nonNull)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  /** A port. */
  public int port(String variable, int otherwise) {
    Optional<String> text = text(variable);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return requirePort(variable, Integer.parseInt(text.get()));
    } catch (NumberFormatException e) {
      throw noPort(variable, text.get());
    }
  }

  /** Checks a port; 0 stands for any free one. */
  public static int requirePort(String what, int port) {
    if (port < 0 || port > MAX_PORT) {
      throw noPort(what, Integer.toString(port));
    }
    return port;
  }

  private static InngestException noPort(String what, String text) {
    return new InngestException(
        what
            + " is \""
            + text
            + "\", which is no port; ports are 1 to "
            + MAX_PORT
            + ", or 0 for any free one.");
  }

  /** A base URL, without a slash at its end. */
  public Optional<URI> url(String variable) {
    return text(variable).map(text -> url(variable, text));
  }

  /**
   * Reads a base URL; without a scheme it is taken as http. It is logged and sent to others, so it
   * holds no password, and more is put after it, so it ends with its path.
   */
  public static URI url(String what, String text) {
    String full = text.contains("://") ? text : "http://" + text;
    while (full.endsWith("/")) {
      full = full.substring(0, full.length() - 1);
    }
    URI url = parsed(full);
    if (url == null
        || url.getHost() == null
        || !("http".equalsIgnoreCase(url.getScheme())
            || "https".equalsIgnoreCase(url.getScheme()))) {
      throw new InngestException(
          what
              + " is \""
              + withoutSecrets(text)
              + "\", which is no http or https URL, such as http://localhost:9288.");
    }
    if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new InngestException(
          what
              + " is \""
              + withoutSecrets(text)
              + "\" with user-info, query or fragment (not shown here). It must have none: leave"
              + " out what stands before @ and after ? or #, as in https://host:port/path.");
    }
    return url;
  }

  private static @Nullable URI parsed(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Neither a password nor a token of a URL may reach a log. */
  private static String withoutSecrets(String url) {
    return url.replaceFirst("[?#].*", "").replaceFirst("(://|^).*@", "$1");
  }
}
