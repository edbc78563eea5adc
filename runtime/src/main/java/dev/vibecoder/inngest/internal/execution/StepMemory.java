package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.RetryAfterException;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.function.StepDefinition.DeclaredException;
import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.internal.wire.CallRequest;
import dev.vibecoder.inngest.internal.wire.Memo;
import dev.vibecoder.inngest.internal.wire.MemoReader;
import dev.vibecoder.inngest.internal.wire.MemoTable;
import dev.vibecoder.inngest.protocol.ErrorObject;
import dev.vibecoder.inngest.protocol.StepHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the server remembers of a run's steps, and which of it the function came by. */
final class StepMemory {
  private static final int MAX_CAUSES = 50;

  private final MemoTable memos;
  private final MemoReader reader = new MemoReader();
  // No two steps of a call have one hash, so the number tells whether anything is left over.
  private final List<String> claimed;
  private final IdentityHashMap<Throwable, ErrorObject> failures = new IdentityHashMap<>(1);
  private @Nullable Map<String, Long> order;
  private int fulfilled = -1;

  StepMemory(MemoTable memos) {
    this.memos = memos;
    this.claimed = new ArrayList<>(memos.size());
  }

  /** Whether a step is done, without coming by it. */
  boolean isDone(StepIdentity step) {
    Memo memo = memos.find(step.hashBytes());
    return memo != null && memo.fulfilled();
  }

  /** What is remembered of a step that is done, or null. To be asked once for each step. */
  @Nullable Memo find(StepIdentity step) {
    Memo memo = claimed(memos.find(step.hashBytes()), step.hash());
    if (memo == null) {
      List<String> former = step.formerIds();
      for (int i = 0; memo == null && i < former.size(); i++) {
        String hash = StepHash.of(former.get(i));
        memo = claimed(memos.get(hash), hash);
      }
    }
    return memo;
  }

  private @Nullable Memo claimed(@Nullable Memo memo, String hash) {
    if (memo == null || !memo.fulfilled()) {
      return null;
    }
    claimed.add(hash);
    return memo;
  }

  /** Whether a hash is one that the step had before. */
  boolean isFormer(StepIdentity step, String hash) {
    for (String former : step.formerIds()) {
      if (StepHash.of(former).equals(hash)) {
        return true;
      }
    }
    return false;
  }

  /** What a person gave a step that is not done yet; mostly nothing. */
  List<JsonNode> input(StepIdentity step) {
    Memo memo = memos.get(step.hash());
    if (memo == null || memo.fulfilled()) {
      return List.of();
    }
    List<JsonNode> input = new ArrayList<>();
    try {
      JsonNode tree = memo.tree();
      if (tree.isArray()) {
        tree.forEach(input::add);
      } else {
        input.add(tree);
      }
    } catch (IOException e) {
      throw new NonRetriableException(
          "The input given to step \"" + step.id() + "\" cannot be read: " + Json.problem(e), e);
    }
    return input;
  }

  /** Where a step that is done stands in the order in which the run's steps were done. */
  long position(StepIdentity step, CallRequest request) {
    if (order == null) {
      order = new HashMap<>();
      for (String hash : request.doneInOrder()) {
        order.putIfAbsent(hash, (long) order.size());
      }
    }
    Memo memo = memos.get(step.hash());
    String hash = step.hash();
    if (memo == null) {
      for (String former : step.formerIds()) {
        hash = StepHash.of(former);
        memo = memos.get(hash);
        if (memo != null) {
          break;
        }
      }
    }
    // What is missing in the order, or all if the server gave none: in the order of the body.
    int offset = memo == null ? 0 : memo.offset();
    return order.getOrDefault(hash, (1L << 32) + offset);
  }

  /** The call is over. */
  void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many steps are remembered. */
  int size() {
    return memos.size();
  }

  /** Whether the function came by everything that is remembered. */
  boolean isAllClaimed() {
    if (fulfilled < 0) {
      fulfilled = (int) memos.values().stream().filter(Memo::fulfilled).count();
    }
    return claimed.size() >= fulfilled;
  }

  /**
   * Gives back what a step gave, or throws what it threw.
   *
   * @param result type of the result, or null for a step without one
   * @param declared exceptions that come back as themselves
   */
  // The result was written by the same step, whose type is T.
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
  <T extends @Nullable Object> T give(
      StepIdentity step,
      Memo memo,
      @Nullable TypeRef<?> result,
      List<DeclaredException<?>> declared) {
    if (memo.kind() == Memo.Kind.ERROR) {
      throw ThrownError.<RuntimeException>sneak(failure(step, memo, declared));
    }
    if (result == null) {
      return (T) null;
    }
    try {
      return (T) reader.read(memo, result);
    } catch (IOException e) {
      throw new NonRetriableException(
          "The recorded result of step \""
              + step.id()
              + "\" cannot be read as "
              + result
              + ". Was the type changed while the run was under way? "
              + Json.problem(e),
          e);
    }
  }

  private Throwable failure(StepIdentity step, Memo memo, List<DeclaredException<?>> declared) {
    ErrorObject error;
    try {
      error = ErrorObject.read(memo.tree());
    } catch (IOException e) {
      throw new NonRetriableException(
          "The recorded error of step \"" + step.id() + "\" cannot be read: " + Json.problem(e), e);
    }
    return failure(step.id(), error, declared);
  }

  /** The exception that stands for a recorded error. */
  Throwable failure(String stepId, ErrorObject recorded, List<DeclaredException<?>> declared) {
    ErrorObject error = recorded;
    if (error.name() == null || error.message() == null) {
      error =
          new ErrorObject(
              Objects.requireNonNullElse(error.name(), "Error"),
              Objects.requireNonNullElse(error.message(), "Unknown error"),
              error.stack(),
              error.cause(),
              error.data(),
              error.noRetry());
    }
    Throwable failure = RememberedFailure.of(stepId, error, declared);
    failures.put(failure, error);
    return failure;
  }

  /** What was recorded of the step whose failure a throwable is, or null. */
  @Nullable ErrorObject recorded(Throwable thrown) {
    return failures.get(thrown);
  }

  /**
   * Whether a throwable is, or is caused by, the remembered failure of a step. Who asks for another
   * attempt because of one gets it.
   */
  boolean isRemembered(Throwable thrown) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < MAX_CAUSES; depth++) {
      if (failures.containsKey(at)) {
        return true;
      }
      if (at instanceof RetryAfterException) {
        return false;
      }
      at = ThrownError.cause(at);
    }
    return false;
  }

  /** The hashes of the steps that are remembered and that the function did not come by. */
  Set<String> unclaimed() {
    if (claimed.size() == memos.size()) {
      return Set.of();
    }
    Set<String> unclaimed = new TreeSet<>(memos.keySet());
    claimed.forEach(unclaimed::remove);
    return unclaimed;
  }
}
