package dev.vibecoder.inngest.devserver.engine;

import dev.vibecoder.inngest.devserver.engine.Fact.StepLabel;
import dev.vibecoder.inngest.protocol.FunctionConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that is known of one run; owned by the engine's thread and changed by facts only. */
final class RunState {
  private static final int OWN_BYTES = 1_000;

  final String id;
  final String appName;
  final FunctionConfig function;
  final AcceptedEvent event;
  final Instant queuedAt;

  /** What is remembered, in the order in which it came. */
  final List<String> stack = new ArrayList<>();

  final Map<String, StepState> steps = new LinkedHashMap<>();
  final List<AttemptState> functionAttempts = new ArrayList<>();

  RunStatus status = RunStatus.SCHEDULED;
  int version = -1;
  long memoBytes;
  long bytes = OWN_BYTES;
  @Nullable Instant startedAt;
  @Nullable Instant endedAt;
  @Nullable Payload output;

  /** Calls that are under way, by job, in the order in which they began. */
  final Map<String, OpenAttempt> open = new LinkedHashMap<>();

  /** The call whose operations are being carried out. */
  @Nullable OpenAttempt answered;

  /** Jobs whose retry waits for their app to come back. */
  final Set<String> refused = new LinkedHashSet<>();

  /** Steps of a group that are still to end before the function is asked again. */
  final Set<String> pending = new LinkedHashSet<>();

  /** Steps that were asked for by their id. */
  final Set<String> targets = new HashSet<>();

  /** What is remembered, by hash; a new one each time, so that calls may keep it. */
  Memos memos = Memos.NONE;

  boolean planOnly;
  int emptyAnswers;
  int jobCount;

  RunState(Fact.RunScheduled fact) {
    id = fact.runId();
    appName = fact.appName();
    function = fact.function();
    event = fact.event();
    queuedAt = fact.at();
  }

  /**
   * A call that was made and not answered yet.
   *
   * @param job what was called for
   * @param startedAt when
   */
  record OpenAttempt(Job job, Instant startedAt) {}

  int maxAttempts() {
    return AppState.retries(function) + 1;
  }

  StepState step(StepLabel label) {
    return steps.computeIfAbsent(label.hash(), hash -> new StepState(label));
  }

  boolean remembers(String hash) {
    return memos.has(hash);
  }

  boolean sleeps(String hash) {
    StepState step = steps.get(hash);
    return step != null && step.until != null && step.endedAt == null;
  }

  /** Remembers what a step gave, unless it is remembered already. */
  void remember(String hash, Memo memo) {
    if (!memos.has(hash)) {
      memos = memos.with(hash, memo);
      stack.add(hash);
      memoBytes += memo.size() + hash.length();
    }
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

  /**
   * One call that is over, told of the step that it ran or of the function.
   *
   * @param number which attempt, from 0
   * @param startedAt when the app was called
   * @param endedAt when the answer came
   * @param output what the step gave, or null
   * @param error what went wrong, or null
   * @param retryAt when it is tried again, or null
   */
  record AttemptState(
      int number,
      Instant startedAt,
      Instant endedAt,
      @Nullable Payload output,
      @Nullable Payload error,
      @Nullable Instant retryAt) {}
}
