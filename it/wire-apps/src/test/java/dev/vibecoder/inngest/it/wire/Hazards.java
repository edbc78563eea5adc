package dev.vibecoder.inngest.it.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the real server does not get over: answers after which a run stands still for ever, ends
 * twice, is lost with an error that has nothing to do with it, or crashes the server. Taken from
 * the recorded reactions.
 */
final class Hazards {
  private static final Set<String> OPCODES =
      Set.of(
          "step",
          "steprun",
          "steperror",
          "stepfailed",
          "stepplanned",
          "sleep",
          "waitforevent",
          "waitforsignal",
          "invokefunction",
          "aigateway",
          "gateway",
          "runcomplete",
          "discoveryrequest");
  private static final int MAX_OPERATIONS = 1_000;
  private static final int MAX_OUTPUT = 4 * 1024 * 1024;
  private static final int MAX_BODY = 8 * 1024 * 1024;
  private static final double MAX_DAYS = 366;
  private static final Pattern DURATION =
      Pattern.compile("-?(?:\\d+(?:\\.\\d+)?(?:w|d|h|ms|m|s))+");
  private static final Pattern DURATION_PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(w|d|h|ms|m|s)");
  private static final Map<String, Double> UNIT_DAYS =
      Map.of(
          "w",
          7.0,
          "d",
          1.0,
          "h",
          1 / 24.0,
          "m",
          1 / 1_440.0,
          "s",
          1 / 86_400.0,
          "ms",
          1 / 86_400_000.0);

  private Hazards() {}

  /**
   * Looks at an answer.
   *
   * @param memoised whether the run already has a step
   * @return what is wrong with it, or empty
   */
  static Optional<String> of(
      int status, Map<String, String> headers, String body, boolean memoised) {
    Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    if (!anyCase.containsKey("x-inngest-sdk")) {
      return Optional.of("the server takes it for a proxy's answer: no X-Inngest-Sdk");
    }
    if (body.length() > MAX_BODY) {
      return Optional.of("the body is too large");
    }
    if (status == 201) {
      return Optional.of("201 is read as a stream");
    }
    if (status == 206) {
      return "2".equals(anyCase.get("x-inngest-req-version"))
          ? operations(body, memoised)
          : Optional.of("the run is pinned to a version without parallel steps");
    }
    if (status / 100 == 2) {
      if ("true".equals(anyCase.get("x-inngest-no-retry"))) {
        return Optional.of("a result that fails the run");
      }
      if (anyCase.containsKey("retry-after")) {
        return Optional.of("a result that is asked for again");
      }
      return body.startsWith("\"{")
          ? Optional.of("text that arrives as an object")
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<String> operations(String body, boolean memoised) {
    JsonNode list;
    try {
      list = Recordings.JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return Optional.of("no JSON");
    }
    if (list.isMissingNode() || !list.isArray()) {
      return Optional.of("no list of operations");
    }
    if (list.isEmpty()) {
      return Optional.of(memoised ? "an empty list, which hangs the run" : "an empty list");
    }
    if (list.size() > MAX_OPERATIONS - 1) {
      return Optional.of("more operations than a run may hold");
    }
    Set<String> ids = new HashSet<>();
    int executed = 0;
    for (JsonNode operation : list) {
      Optional<String> problem = operation(operation);
      if (problem.isPresent()) {
        return problem;
      }
      if (!ids.add(operation.path("id").asText())) {
        return Optional.of("two operations with one id");
      }
      executed += operation.path("op").asText().startsWith("StepRun") ? 1 : 0;
    }
    if (executed > 0 && list.size() > 1) {
      return Optional.of("a result beside something else: the function may end twice");
    }
    return Optional.empty();
  }

  private static Optional<String> operation(JsonNode operation) {
    if (!operation.isObject()) {
      return Optional.of("an element that is no operation");
    }
    String opcode = operation.path("op").asText().toLowerCase(Locale.ROOT);
    if (!OPCODES.contains(opcode)) {
      return Optional.of("an opcode that the server does not know");
    }
    if (!operation.path("id").asText().matches("[0-9a-f]{40}")) {
      return Optional.of("an operation without an id");
    }
    JsonNode opts = operation.path("opts");
    return switch (opcode) {
      case "steprun" ->
          problem(operation.path("data").toString().length() > MAX_OUTPUT, "too much output");
      case "steperror", "stepfailed" ->
          problem(!operation.path("error").isObject(), "a failure without an error");
      case "sleep" ->
          until(opts.path("duration").asText(operation.path("name").asText()), true, true);
      case "waitforevent" -> {
        String event = opts.path("event").asText(operation.path("name").asText(""));
        yield event.isEmpty()
            ? Optional.of("a wait for no event")
            : until(opts.path("timeout").asText(""), true, true);
      }
      case "waitforsignal" ->
          opts.path("signal").asText("").isEmpty()
              ? Optional.of("a wait for no signal")
              : until(opts.path("timeout").asText(""), true, false);
      case "invokefunction" -> invocation(opts);
      case "gateway" -> request(opts);
      default -> Optional.empty();
    };
  }

  private static Optional<String> invocation(JsonNode opts) {
    JsonNode payload = opts.path("payload");
    if (!payload.isObject()) {
      return Optional.of("an invocation without a payload");
    }
    if (payload.has("id") && !payload.path("id").asText().matches("[0-9A-HJKMNP-TV-Z]{26}")) {
      return Optional.of("an id that crashes the server");
    }
    return opts.path("function_id").asText("").isEmpty()
        ? Optional.of("an invocation of nothing")
        : until(opts.path("timeout").asText(""), true, false);
  }

  private static Optional<String> request(JsonNode opts) {
    if (opts.path("url").asText("").isEmpty()) {
      return Optional.of("a request to nowhere");
    }
    if (opts.path("method").asText("").isEmpty()) {
      return Optional.of("a request without a method");
    }
    return problem(
        opts.has("body") && !opts.path("body").isTextual(), "a request's body that is no text");
  }

  private static Optional<String> problem(boolean is, String what) {
    return is ? Optional.of(what) : Optional.empty();
  }

  /** Whether a text is a time that the server understands. */
  private static Optional<String> until(String text, boolean mayBeMissing, boolean bounded) {
    if (text.isEmpty()) {
      return problem(!mayBeMissing, "a time is missing");
    }
    if (DURATION.matcher(text).matches()) {
      double days = 0;
      Matcher part = DURATION_PART.matcher(text);
      while (part.find()) {
        days += Double.parseDouble(part.group(1)) * UNIT_DAYS.getOrDefault(part.group(2), 0.0);
      }
      return problem(bounded && days > MAX_DAYS, "a time that fails the run at once");
    }
    return problem(!isDate(text), "a time that hangs the run: " + text);
  }

  private static boolean isDate(String text) {
    try {
      if (text.length() == 10) {
        LocalDate.parse(text);
      } else {
        OffsetDateTime.parse(text);
      }
      return text.matches("\\d{4}-.*");
    } catch (DateTimeException e) {
      return false;
    }
  }
}
