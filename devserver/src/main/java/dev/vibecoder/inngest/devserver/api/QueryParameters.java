package dev.vibecoder.inngest.devserver.api;

import dev.vibecoder.inngest.devserver.engine.RunStatus;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The parameters of a query; one that is wrong is answered with 400 and named. */
final class QueryParameters {
  private static final int MAX_LIMIT = 500;

  private final String query;

  private QueryParameters(String query) {
    this.query = query;
  }

  static QueryParameters of(Request request) {
    String query = request.getHttpURI().getQuery();
    return new QueryParameters(query == null ? "" : query);
  }

  /** A text, or null where there is none. */
  @Nullable String text(String name) {
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).equals(name)) {
        String value = decoded(name, pair.substring(equals + 1));
        return value.isEmpty() ? null : value;
      }
    }
    return null;
  }

  private static String decoded(String name, String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ApiException(400, "The parameter " + name + " is wrongly encoded: " + value);
    }
  }

  /** How many are wanted: more than the server gives at once is as much as it gives. */
  int limit(int otherwise) {
    return Math.min(MAX_LIMIT, number("limit", otherwise));
  }

  /** How many are to be left out first. */
  int offset() {
    return number("offset", 0);
  }

  /** The status of runs, or null for all. */
  @Nullable String status() {
    String text = text("status");
    if (text == null) {
      return null;
    }
    String status = text.toUpperCase(Locale.ROOT);
    String[] known = Arrays.stream(RunStatus.values()).map(RunStatus::name).toArray(String[]::new);
    if (!Arrays.asList(known).contains(status)) {
      throw new ApiException(
          400, "The parameter status is none of " + String.join(", ", known) + ": " + text);
    }
    return status;
  }

  private int number(String name, int otherwise) {
    String value = text(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, in the same words as a negative number.
    }
    throw new ApiException(
        400, "The parameter " + name + " is no whole number of 0 or more: " + value);
  }
}
