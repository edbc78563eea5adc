package dev.vibecoder.inngest.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** {@link Hazards} sees what the real server was seen to stumble over. */
class HazardsTest {
  /** Runs that were only waiting when the recording ended. */
  private static final Set<String> STILL_WAITING =
      Set.of("cwild", "cexact2", "sig367", "signotimeout");

  /** Runs that ended, but not as they should. */
  private static final Set<String> SPOILT =
      Set.of(
          "null-el",
          "null-and-op",
          "unknown-op",
          "empty-206",
          "steperror-noerror",
          "no-sdk-206",
          "no-sdk-200",
          "noretry-200",
          "retryafter-200",
          "two-steprun",
          "plan-and-run",
          "v1",
          "jsonstring-200",
          "s201-plain",
          "sl10",
          "w-367d");

  /** What an SDK may well answer, and must not be called dangerous. */
  private static final Set<String> HARMLESS =
      Set.of(
          "s202",
          "sl0",
          "sl1",
          "sl2",
          "sl3",
          "sl5",
          "sl15",
          "sl16",
          "w-match",
          "w-rfc",
          "sig1",
          "i-ok",
          "i-emptypayload",
          "i-367d",
          "g-get",
          "numbers",
          "nodata",
          "se3",
          "r3",
          "par");

  @Test
  void everyRecordedStandstillAndSpoiltRunIsSeen() {
    Set<String> missed = new TreeSet<>();
    for (JsonNode reaction : Recordings.lines("/server-reactions.jsonl")) {
      String name = reaction.path("case").asText();
      boolean stood = !reaction.path("ended").asBoolean() && !STILL_WAITING.contains(name);
      if ((stood || SPOILT.contains(name)) && hazard(reaction).isEmpty()) {
        missed.add(name);
      }
    }
    assertThat(missed).isEmpty();
  }

  @Test
  void nothingHarmlessIsCalledDangerous() {
    Map<String, String> wrong = new HashMap<>();
    for (JsonNode reaction : Recordings.lines("/server-reactions.jsonl")) {
      String name = reaction.path("case").asText();
      if (HARMLESS.contains(name)) {
        hazard(reaction).ifPresent(problem -> wrong.put(name, problem));
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Each line of the recording is judged: those that stood still, and all that are named here. */
  @Test
  void everyRecordedReactionIsJudgedAndOnlyThose() {
    Set<String> recorded = new TreeSet<>();
    int standing = 0;
    for (JsonNode reaction : Recordings.lines("/server-reactions.jsonl")) {
      assertThat(recorded.add(reaction.path("case").asText())).isTrue();
      standing += reaction.path("ended").asBoolean() ? 0 : 1;
    }
    assertThat(recorded).hasSize(141).containsAll(STILL_WAITING);
    assertThat(recorded).containsAll(SPOILT).containsAll(HARMLESS);
    assertThat(standing).isEqualTo(21);
  }

  /** The first hazard in a run's answers. */
  private static Optional<String> hazard(JsonNode reaction) {
    boolean memoised = false;
    for (JsonNode call : reaction.path("calls")) {
      JsonNode response = call.path("response");
      // The stub that was recorded added these to every answer.
      Map<String, String> headers = new HashMap<>();
      headers.put("X-Inngest-Sdk", "js:v4.0.0");
      headers.put("X-Inngest-Req-Version", "2");
      response
          .path("headers")
          .properties()
          .forEach(
              header -> {
                if (header.getValue().isNull()) {
                  headers.remove(header.getKey());
                } else {
                  headers.put(header.getKey(), header.getValue().asText());
                }
              });
      Optional<String> hazard =
          Hazards.of(
              response.path("status").asInt(), headers, response.path("body").asText(), memoised);
      if (hazard.isPresent()) {
        return hazard;
      }
      memoised = true;
    }
    return Optional.empty();
  }
}
