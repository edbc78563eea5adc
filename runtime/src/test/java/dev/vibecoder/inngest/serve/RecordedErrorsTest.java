package dev.vibecoder.inngest.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import dev.vibecoder.inngest.protocol.RequestSignature;
import dev.vibecoder.inngest.protocol.SigningKey;
import dev.vibecoder.inngest.support.MutableClock;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays 75 odd requests (introspection, probes, syncs, signatures, calls) that were made to the
 * TypeScript SDK: every answer must have the recorded status, headers and body, except for what is
 * listed here with its reason.
 */
class RecordedErrorsTest {
  private static final String KEY = "signkey-test-" + "0123456789abcdef".repeat(4);
  private static final String OTHER = "signkey-test-" + "fedcba9876543210".repeat(4);

  /**
   * What may differ.
   *
   * @param cases a regular expression of {@code <mode> <case>}
   * @param place a regular expression of {@code status}, {@code header <name>} or {@code body
   *     <pointer>}
   * @param reason why
   */
  private record Allowed(String cases, String place, String reason) {}

  private static final List<Allowed> ALLOWED =
      List.of(
          new Allowed(".*", "body (.*/)?stack", "a stack trace is Java's, or is none"),
          new Allowed(".*", "body (.*/)?__serialized", "only the TypeScript SDK marks its errors"),
          new Allowed(".*", "body /\\d+/timing/[ab]", "an optional report of durations"),
          new Allowed(
              ".*", "body (/inspection)?/function_count", "the Java app has fewer functions"),
          new Allowed(
              ".*", "body (/inspection)?/extra/(java|native_crypto)", "extra is each SDK's own"),
          new Allowed(
              ".*",
              "body (/inspection)?/has_signing_key_fallback",
              "in the specification, not in the TypeScript SDK"),
          new Allowed(".*", "body /framework|body /inspection/framework", "the name of the server"),
          new Allowed(
              ".*",
              "body (/inspection)?/capabilities/(connect|in_band_sync)",
              "in_band_sync as the Go and Python SDKs name it; connect when there are workers"),
          new Allowed(".*", "body (/inspection)?/sdk(_language|_version)?", "it is another SDK"),
          new Allowed(".* sync-inband.*", "body /functions.*", "the Java app has fewer functions"),
          new Allowed(
              ".* sync-inband.*", "body /featureObservations.*", "optional telemetry of that SDK"),
          new Allowed(
              ".* call-(no-fnid|unknown-fn)|.* sync-.*(api-down|badsig|nobody|badbody)",
              "body /message",
              "internal errors have the words of this library"),
          new Allowed(
              ".* call-step-not-found",
              "body /error",
              "asks whether the function was changed; nothing timed out"),
          new Allowed(
              ".* call-no-body",
              "status|body /(message|name|type)",
              "a body that is missing is no lack of rights: 500 says what is wrong"),
          new Allowed(
              ".* call-memo-input",
              "body /0/opts/input",
              "steps take their input from the code, never from the wire"),
          new Allowed(
              "signed trust-probe",
              "status|body|header .*",
              "the TypeScript SDK cannot verify an empty body; it is a valid signature"),
          new Allowed(
              "signed sig-noncanonical-body-raw",
              "status|body .*|header .*",
              "the signature is over the very bytes that were sent"));

  static List<RecordedCall> records() {
    return RecordedCall.all("sdk-errors.jsonl");
  }

  private static String name(RecordedCall call) {
    return call.record().path("mode").asText() + " " + call.record().path("case").asText();
  }

  @ParameterizedTest
  @MethodSource("records")
  void answersAsRecorded(RecordedCall call) {
    assertThat(differences(call).stream().filter(place -> !isAllowed(call, place)))
        .as(name(call))
        .isEmpty();
  }

  @Test
  void everyCaseIsThereAndNothingIsAllowedThatDoesNotDiffer() {
    Set<Allowed> unused = new LinkedHashSet<>(ALLOWED);
    for (RecordedCall call : records()) {
      for (String place : differences(call)) {
        unused.removeIf(allowed -> covers(allowed, call, place));
      }
    }
    assertThat(unused).isEmpty();
    assertThat(records()).hasSize(75);
  }

  private static boolean isAllowed(RecordedCall call, String place) {
    return ALLOWED.stream().anyMatch(allowed -> covers(allowed, call, place));
  }

  private static boolean covers(Allowed allowed, RecordedCall call, String place) {
    return name(call).matches(allowed.cases()) && place.matches(allowed.place());
  }

  private static Set<String> differences(RecordedCall call) {
    MutableClock clock = new MutableClock();
    clock.set(call.time());
    ServeResponse response = handler(call, clock).handle(call.request());
    Set<String> differences = new TreeSet<>();
    if (response.status() != call.status()) {
      differences.add("status");
    }
    for (String header :
        List.of(
            ProtocolHeaders.SDK_HANDLED,
            ProtocolHeaders.NO_RETRY,
            ProtocolHeaders.RETRY_AFTER,
            ProtocolHeaders.REQUEST_VERSION,
            ProtocolHeaders.SYNC_KIND,
            ProtocolHeaders.EXPECTED_SERVER_KIND,
            ProtocolHeaders.ENV,
            ProtocolHeaders.PLATFORM)) {
      if (!response.headers().getOrDefault(header, "").equals(call.responseHeader(header))) {
        differences.add("header " + header);
      }
    }
    // Of these the values differ, and must.
    for (String header :
        List.of(
            "Content-Type",
            "User-Agent",
            ProtocolHeaders.SDK,
            ProtocolHeaders.FRAMEWORK,
            ProtocolHeaders.SIGNATURE)) {
      if (response.headers().containsKey(header) == call.responseHeader(header).isEmpty()) {
        differences.add("header " + header);
      }
    }
    String signature = response.headers().get(ProtocolHeaders.SIGNATURE);
    if (signature != null
        && RequestSignature.verify(
                signature,
                response.body(),
                List.of(SigningKey.parse(name(call).endsWith("sig-fallback") ? OTHER : KEY)),
                clock.instant())
            .isEmpty()) {
      differences.add("signature");
    }
    compareBodies(call.response(), response.body(), differences);
    return differences;
  }

  private static void compareBodies(byte[] recorded, byte[] answered, Set<String> differences) {
    if (recorded.length == 0 || answered.length == 0) {
      if (recorded.length != answered.length) {
        differences.add("body");
      }
      return;
    }
    compare("", RecordedCall.tree(recorded), RecordedCall.tree(answered), differences);
  }

  private static void compare(
      String pointer, JsonNode recorded, JsonNode answered, Set<String> differences) {
    if (recorded.isObject() || (recorded.isArray() && answered.isArray())) {
      Set<String> keys = new TreeSet<>();
      if (recorded.isObject()) {
        recorded.fieldNames().forEachRemaining(keys::add);
        answered.fieldNames().forEachRemaining(keys::add);
        keys.forEach(
            key ->
                compare(pointer + "/" + key, recorded.path(key), answered.path(key), differences));
      } else {
        for (int i = 0; i < Math.max(recorded.size(), answered.size()); i++) {
          compare(pointer + "/" + i, recorded.path(i), answered.path(i), differences);
        }
      }
    } else if (!recorded.equals(answered) && !(isNothing(recorded) && isNothing(answered))) {
      differences.add("body " + pointer);
    }
  }

  /** An explicit {@code null} or {@code {}} says no more than a missing key. */
  private static boolean isNothing(JsonNode node) {
    return node.isMissingNode() || node.isNull() || (node.isObject() && node.isEmpty());
  }

  private static ServeHandler handler(RecordedCall call, MutableClock clock) {
    Map<String, String> variables = new HashMap<>();
    variables.put("INNGEST_APP_ID", "rec");
    variables.put("INNGEST_APP_VERSION", "1.2.3");
    variables.put("INNGEST_BASE_URL", "http://127.0.0.1:1");
    String mode = call.record().path("mode").asText();
    if (mode.equals("dev")) {
      variables.put("INNGEST_DEV", "1");
      variables.put("INNGEST_SERVE_ORIGIN", "http://127.0.0.1:10400");
    } else if (!mode.equals("nokey")) {
      variables.put("INNGEST_SIGNING_KEY", KEY);
      variables.put("INNGEST_SIGNING_KEY_FALLBACK", OTHER);
      variables.put("INNGEST_EVENT_KEY", "evt-key-1");
      variables.put("INNGEST_SERVE_ORIGIN", "http://127.0.0.1:10401");
    }
    if (mode.equals("nounauth")) {
      variables.put("INNGEST_ENABLE_UNAUTHED_SYNC", "false");
    }
    return ServeHandler.of(
        Inngest.of(InngestOptions.builder().variables(variables).build()),
        FunctionRegistry.of(new ScenarioFunctions().all()),
        "test",
        clock);
  }
}
