package dev.vibecoder.inngest.devserver.cli;

import dev.vibecoder.inngest.InngestPorts;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The command line of the dev server; options are named as in the real CLI. */
final class Arguments {
  static final String USAGE =
      """
      Usage: java -jar inngest-devserver.jar [options]

      An Inngest-compatible server for development, with a dashboard.

        -p, --port PORT                  API and dashboard (INNGEST_DEV_PORT, 9288)
            --connect-gateway-port PORT  reserved for workers, which this version does not
                                         serve yet (INNGEST_CONNECT_PORT, 9289)
            --gateway-port PORT          the same
        -u, --sdk-url URL                ask the app at URL to register; may be repeated
            --host ADDRESS               address to listen on (127.0.0.1)
            --retry-interval SECONDS     fixed delay before retries instead of growing ones
        -h, --help                       show this text

      Apps find it with INNGEST_DEV=http://localhost:PORT.
      """;

  private static final List<String> OPTIONS =
      List.of(
          "--port",
          "--connect-gateway-port",
          "--gateway-port",
          "--sdk-url",
          "--host",
          "--retry-interval",
          "--help");
  private static final int MAX_PORT = 65_535;

  private int port;
  private int connectPort;
  private String host = "127.0.0.1";
  private @Nullable Duration retryInterval;
  private boolean help;
  private final List<URI> sdkUrls = new ArrayList<>();

  private Arguments() {}

  /** What is wrong with the command line. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  static Arguments parse(String[] arguments, Map<String, String> environment)
      throws UsageException {
    Arguments parsed = new Arguments();
    parsed.port = fromEnvironment(environment, "INNGEST_DEV_PORT", InngestPorts.DEV_SERVER);
    parsed.connectPort =
        fromEnvironment(environment, "INNGEST_CONNECT_PORT", InngestPorts.CONNECT_GATEWAY);
    Deque<String> rest = new ArrayDeque<>(List.of(arguments));
    while (!rest.isEmpty()) {
      String argument = rest.pop();
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      if (equals > 0) {
        rest.push(argument.substring(equals + 1));
        argument = argument.substring(0, equals);
      }
      parsed.take(argument, rest);
    }
    return parsed;
  }

  private void take(String option, Deque<String> rest) throws UsageException {
    switch (option) {
      case "-p", "--port" -> port = port(option, value(option, rest));
      case "--connect-gateway-port", "--gateway-port" ->
          connectPort = port(option, value(option, rest));
      case "-u", "--sdk-url" -> sdkUrls.add(url(option, value(option, rest)));
      case "--host" -> host = value(option, rest);
      case "--retry-interval" ->
          retryInterval = Duration.ofSeconds(number(option, value(option, rest)));
      case "-h", "--help" -> help = true;
      default ->
          throw new UsageException("There is no option " + option + "." + didYouMean(option));
    }
  }

  private static String value(String option, Deque<String> rest) throws UsageException {
    String value = rest.poll();
    if (value == null) {
      throw new UsageException("The option " + option + " needs a value.");
    }
    return value;
  }

  private static int fromEnvironment(Map<String, String> environment, String name, int otherwise)
      throws UsageException {
    String value = environment.getOrDefault(name, "");
    return value.isBlank() ? otherwise : port(name, value.strip());
  }

  private static int port(String name, String text) throws UsageException {
    int port = number(name, text);
    if (port > MAX_PORT) {
      throw new UsageException(name + " is " + text + ", which is no port.");
    }
    return port;
  }

  private static int number(String name, String text) throws UsageException {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, in the same words as a negative number.
    }
    throw new UsageException(name + " is \"" + text + "\", which is no number of 0 or more.");
  }

  private static URI url(String option, String text) throws UsageException {
    try {
      URI url = new URI(text.contains("://") ? text : "http://" + text);
      String scheme = url.getScheme();
      if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
        throw new UsageException(
            option + " is \"" + text + "\"; only http and https URLs can be asked to register.");
      }
      if (url.getHost() != null && url.getPort() <= MAX_PORT) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Told below, in the same words as a URL without a host.
    }
    throw new UsageException(option + " is \"" + text + "\", which is no URL.");
  }

  private static String didYouMean(String option) {
    Optional<String> closest =
        OPTIONS.stream()
            .filter(known -> distance(option, known) <= 3)
            .min(Comparator.comparingInt(known -> distance(option, known)));
    return closest.map(known -> " Did you mean " + known + "?").orElse(" See --help.");
  }

  private static int distance(String a, String b) {
    int[][] table = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          table[i][j] = i + j;
        } else {
          int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
          table[i][j] =
              Math.min(
                  Math.min(table[i - 1][j], table[i][j - 1]) + 1, table[i - 1][j - 1] + change);
        }
      }
    }
    return table[a.length()][b.length()];
  }

  int port() {
    return port;
  }

  int connectPort() {
    return connectPort;
  }

  String host() {
    return host;
  }

  Optional<Duration> retryInterval() {
    return Optional.ofNullable(retryInterval);
  }

  boolean help() {
    return help;
  }

  List<URI> sdkUrls() {
    return sdkUrls;
  }
}
