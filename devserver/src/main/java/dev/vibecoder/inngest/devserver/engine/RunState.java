package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.devserver.engine.Fact.StepLabel;
import dev.vibecoder.inngest.protocol.FunctionConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that is known of one run; owned by the engine's thread and changed by facts only. */
final class RunState {
  final String id;
  final String appName;
  final FunctionConfig function;
  final String eventId;
  final JsonNode event;
  final Instant queuedAt;
  final Map<String, JsonNode> memos = new LinkedHashMap<>();
  final List<String> stack = new ArrayList<>();
  final Map<String, StepState> steps = new LinkedHashMap<>();

  RunStatus status = RunStatus.SCHEDULED;
  int version = -1;
  long memoBytes;
  @Nullable Instant startedAt;
  @Nullable Instant endedAt;
  @Nullable JsonNode output;
  @Nullable AttemptState open;
  final List<AttemptState> functionAttempts = new ArrayList<>();

  // What is under way is not history: it follows from the facts and dies with the run.
  boolean planOnly;
  final Set<String> pending = new LinkedHashSet<>();
  final Map<String, Timers.Timer> waiting = new LinkedHashMap<>();
  final Set<String> jobs = new LinkedHashSet<>();
  int emptyAnswers;
  int jobCount;

  RunState(Fact.RunScheduled fact) {
    id = fact.runId();
    appName = fact.appName();
    function = fact.function();
    eventId = fact.internalEventId();
    event = fact.event();
    queuedAt = fact.at();
  }

  int maxAttempts() {
    return AppState.retries(function) + 1;
  }

  StepState step(StepLabel label) {
    return steps.computeIfAbsent(label.hash(), hash -> new StepState(label));
  }

  /** One step of a run. */
  static final class StepState {
    final StepLabel label;
    final List<AttemptState> attempts = new ArrayList<>();
    String status = "planned";
    @Nullable Instant startedAt;
    @Nullable Instant endedAt;
    @Nullable Instant until;

    StepState(StepLabel label) {
      this.label = label;
    }
  }

  /** One call, told of the step that it ran or of the function. */
  static final class AttemptState {
    final int number;
    final Instant startedAt;
    @Nullable Instant endedAt;
    @Nullable JsonNode output;
    @Nullable JsonNode error;
    @Nullable Instant retryAt;

    AttemptState(int number, Instant startedAt) {
      this.number = number;
      this.startedAt = startedAt;
    }
  }
}
