package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.protocol.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of the real server, as far as its traffic tells how it drives runs (protocol, server
 * side): a queue of jobs of which each is one call, memos of which the first counts, and one set of
 * pending operations that every answer of several operations replaces. Time is simulated. Calls are
 * answered from what was remembered when they were sent, and their answers arrive late, in any
 * order, some of them seconds late.
 */
final class ServerModel {
  /** What is called. */
  @FunctionalInterface
  interface Sdk {
    Reply call(Request request);
  }

  /**
   * A call.
   *
   * @param memos what is remembered by hash, in the order in which the steps were done
   * @param target the hash that is asked for, or null for a discovery
   */
  record Request(
      Map<String, String> memos, @Nullable String target, boolean planOnly, int attempt) {}

  /**
   * An answer.
   *
   * @param took how long the app took, in seconds
   */
  record Reply(int status, JsonNode body, boolean noRetry, double took) {}

  /**
   * How something ends that the server waits for.
   *
   * @param after seconds
   * @param memo what is remembered then
   */
  record Resolution(double after, String memo) {}

  /** Tells how waits, invocations and the like end. */
  @FunctionalInterface
  interface World {
    Resolution resolve(JsonNode operation);
  }

  /** How a run ended. */
  enum Status {
    COMPLETED,
    FAILED,
    /** Nothing is left that could ever call the app. */
    STALLED,
    /** The app answered with what the server cannot handle. */
    BROKEN
  }

  private static final int MAX_CALLS = 5_000;

  private final Sdk sdk;
  private final World world;
  private final Random random;
  private final int version;
  private final int maxAttempts;
  private final double tick;
  private final double lateDiscoveries;
  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private final Map<String, String> memos = new LinkedHashMap<>();
  private final Set<String> jobs = new HashSet<>();
  private final Map<String, Boolean> plannedModes = new HashMap<>();
  private final List<Request> calls = new ArrayList<>();
  private Set<String> pending = new HashSet<>();
  private boolean forcePlan;
  private int answersOfSeveral;
  private int sequence;
  private double now;
  private @Nullable Status status;
  private @Nullable JsonNode result;
  private String trouble = "";

  private record Due(double at, int sequence, Runnable action) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Double.compare(at, other.at);
      return byTime != 0 ? byTime : Integer.compare(sequence, other.sequence);
    }
  }

  /** A job in the queue, with its own attempts. */
  private record Job(@Nullable String target, int attempt) {
    Job again() {
      return new Job(target, attempt + 1);
    }
  }

  ServerModel(
      Sdk sdk,
      World world,
      Random random,
      int version,
      int maxAttempts,
      double tick,
      double lateDiscoveries) {
    this.sdk = sdk;
    this.world = world;
    this.random = random;
    this.version = version;
    this.maxAttempts = maxAttempts;
    this.tick = tick;
    this.lateDiscoveries = lateDiscoveries;
  }

  /** Runs a function to its end. */
  Status run() {
    enqueue("start", new Job(null, 0));
    while (status == null) {
      Due next = queue.poll();
      if (next == null) {
        status = Status.STALLED;
      } else if (calls.size() > MAX_CALLS) {
        status = Status.BROKEN;
        trouble = "the run does not end";
      } else {
        now = next.at();
        next.action().run();
      }
    }
    return status;
  }

  JsonNode result() {
    if (result == null) {
      throw new IllegalStateException("The run has no result: " + status + ", " + trouble);
    }
    return result;
  }

  String trouble() {
    return trouble;
  }

  Map<String, String> memos() {
    return memos;
  }

  List<Request> calls() {
    return calls;
  }

  double now() {
    return now;
  }

  // --- jobs ---

  private void after(double seconds, Runnable action) {
    queue.add(new Due(now + seconds, sequence++, action));
  }

  /** Jobs begin with a tick of the queue, and each has an id that comes once. */
  private void enqueue(String id, Job job) {
    if (jobs.add(id)) {
      double begin = (Math.floor(now / tick) + 1) * tick;
      after(begin - now, () -> call(job));
    }
  }

  private void call(Job job) {
    if (status != null) {
      return;
    }
    Request request =
        new Request(new LinkedHashMap<>(memos), job.target(), forcePlan, job.attempt());
    calls.add(request);
    Reply reply = sdk.call(request);
    double latency = 0.001 + random.nextDouble() * 0.04;
    if (job.target() == null && random.nextDouble() < lateDiscoveries) {
      latency += 3;
    }
    after(reply.took() + latency, () -> answered(job, reply));
  }

  private void answered(Job job, Reply reply) {
    if (status != null) {
      return;
    }
    if (reply.status() == 206) {
      operations(job, reply);
    } else if (reply.status() == 200) {
      status = Status.COMPLETED;
      result = reply.body();
    } else if (reply.noRetry() || job.attempt() + 1 >= maxAttempts) {
      status = Status.FAILED;
      result = reply.body();
    } else {
      after(1, () -> call(job.again()));
    }
  }

  // --- operations ---

  private void operations(Job job, Reply reply) {
    if (reply.body().isEmpty()) {
      // An empty list hangs a run that has a step.
      trouble = "an empty list";
      return;
    }
    List<JsonNode> operations = new ArrayList<>();
    reply.body().forEach(operations::add);
    boolean several = operations.size() > 1;
    if (several) {
      forcePlan = true;
      if (operations.stream().anyMatch(ServerModel::isPlanLike)) {
        pending = new HashSet<>();
        operations.forEach(operation -> pending.add(operation.path("id").asText()));
        answersOfSeveral++;
      }
    }
    Collections.shuffle(operations, random);
    String group = several ? "discover-" + answersOfSeveral : null;
    for (JsonNode operation : operations) {
      operation(job, reply, operation, group);
    }
  }

  private static boolean isPlanLike(JsonNode operation) {
    return switch (operation.path("op").asText()) {
      case "StepPlanned",
          "Sleep",
          "WaitForEvent",
          "WaitForSignal",
          "InvokeFunction",
          "Gateway",
          "AIGateway" ->
          true;
      default -> false;
    };
  }

  private void operation(Job job, Reply reply, JsonNode operation, @Nullable String group) {
    String id = operation.path("id").asText();
    boolean raced = operation.path("opts").path("parallelMode").asText().equals("race");
    switch (operation.path("op").asText()) {
      case "StepRun" ->
          done(
              id,
              "{\"data\":" + data(operation) + "}",
              raced,
              job.target() == null ? group : groupOf(id));
      case "StepError" -> {
        if (reply.noRetry() || job.attempt() + 1 >= maxAttempts) {
          failed(job, operation, id);
        } else {
          after(1, () -> call(job.again()));
        }
      }
      case "StepFailed" -> failed(job, operation, id);
      case "StepPlanned" -> {
        if (!jobs.contains("plan-" + id)) {
          plannedModes.put(id, raced);
          groups.put(id, String.valueOf(group));
        }
        enqueue("plan-" + id, new Job(id, 0));
      }
      case "Sleep" -> {
        double seconds =
            DurationText.parse(operation.path("name").asText())
                .map(Duration::toMillis)
                .map(millis -> millis / 1000.0)
                .orElse(-1.0);
        if (seconds < 0) {
          status = Status.BROKEN;
          trouble = operation.toString();
        } else {
          end(id, new Resolution(seconds, "null"), raced, group, true);
        }
      }
      case "WaitForEvent", "WaitForSignal", "InvokeFunction", "Gateway", "AIGateway" ->
          end(id, world.resolve(operation), raced, group, false);
      default -> {
        status = Status.BROKEN;
        trouble = operation.toString();
      }
    }
  }

  private final Map<String, String> groups = new HashMap<>();

  private @Nullable String groupOf(String id) {
    String group = groups.get(id);
    return group == null || group.equals("null") ? null : group;
  }

  private static String data(JsonNode operation) {
    return operation.has("data") ? operation.path("data").toString() : "null";
  }

  private void failed(Job job, JsonNode operation, String id) {
    boolean raced = job.target() != null && plannedModes.getOrDefault(id, false);
    done(id, "{\"error\":" + operation.path("error") + "}", raced, groupOf(id));
  }

  /** Something that was registered ends; registering it again changes nothing. */
  private void end(
      String id,
      Resolution resolution,
      boolean raced,
      @Nullable String group,
      boolean callsItself) {
    if (!jobs.add("end-" + id)) {
      return;
    }
    after(
        resolution.after(),
        () -> {
          if (status != null) {
            return;
          }
          memos.putIfAbsent(id, resolution.memo());
          pending.remove(id);
          if (!isAskedAgain(raced)) {
            return;
          }
          if (callsItself) {
            // The job of a sleep makes the next call itself, before the flag is taken back.
            call(new Job(null, 0));
            takeBackForcePlan();
          } else {
            discover(id, raced, group);
          }
        });
  }

  private void done(String id, String memo, boolean raced, @Nullable String group) {
    memos.putIfAbsent(id, memo);
    pending.remove(id);
    if (isAskedAgain(raced)) {
      discover(id, raced, group);
    }
  }

  private boolean isAskedAgain(boolean raced) {
    return version < 2 || raced || pending.isEmpty();
  }

  private void discover(String id, boolean raced, @Nullable String group) {
    takeBackForcePlan();
    String shared = raced || version < 2 ? null : group;
    enqueue(shared == null ? "after-" + id : shared, new Job(null, 0));
  }

  private void takeBackForcePlan() {
    if (version >= 2) {
      forcePlan = false;
    }
  }
}
