package dev.vibecoder.inngest.internal.middleware;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.middleware.AppRequest;
import dev.vibecoder.inngest.middleware.AppResponse;
import dev.vibecoder.inngest.middleware.CallContext;
import dev.vibecoder.inngest.middleware.CallEnd;
import dev.vibecoder.inngest.middleware.ContextKey;
import dev.vibecoder.inngest.middleware.JsonPayload;
import dev.vibecoder.inngest.middleware.Middleware;
import dev.vibecoder.inngest.middleware.Next;
import dev.vibecoder.inngest.middleware.StepInfo;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hooks of all middleware within one call. Bound to the thread that executes the call. There is
 * none where there is no middleware.
 *
 * <p>A hook that fails where the function could catch it fails the call all the same: what it threw
 * is kept, and thrown again at every further step.
 */
// NullAway does not see that the type argument of Next can be null.
@SuppressWarnings("NullAway")
public final class CallHooks implements CallContext {
  private static final Logger LOG = LoggerFactory.getLogger(CallHooks.class);

  private final List<Middleware> chain;
  private final List<Middleware> ofFunction;
  private final CallFacts facts;
  private final Map<ContextKey<?>, Object> values = new HashMap<>(4);
  private BooleanSupplier replaying;
  private boolean aroundStep;
  private boolean memoizationEnded;
  private boolean executionBegan;
  private @Nullable RuntimeException failure;

  private CallHooks(MiddlewareChain chain, List<Middleware> ofFunction, CallFacts facts) {
    this.chain = chain.inOrder();
    this.ofFunction = ofFunction;
    this.facts = facts;
    this.replaying = facts::replays;
  }

  /**
   * The hooks of one call.
   *
   * @param ofClient middleware of the client
   * @param ofFunction middleware of the function
   * @return null if there is no middleware
   */
  public static @Nullable CallHooks of(
      MiddlewareChain ofClient, List<Middleware> ofFunction, CallFacts facts) {
    MiddlewareChain both = ofClient.then(ofFunction);
    return both.isEmpty() ? null : new CallHooks(both, ofFunction, facts);
  }

  /** The middleware that holds for this function only. */
  public List<Middleware> ofFunction() {
    return ofFunction;
  }

  // --- what middleware asks ---

  @Override
  public String appId() {
    return facts.appId();
  }

  @Override
  public String functionId() {
    return facts.functionId();
  }

  @Override
  public String runId() {
    return facts.runId();
  }

  @Override
  public int attempt() {
    return facts.attempt();
  }

  @Override
  public int maxAttempts() {
    return facts.maxAttempts();
  }

  @Override
  public boolean isReplaying() {
    return replaying.getAsBoolean();
  }

  // Only put writes, and only values of the key's type.
  @Override
  @SuppressWarnings("unchecked")
  public <T> Optional<T> get(ContextKey<T> key) {
    return Optional.ofNullable((T) values.get(key));
  }

  @Override
  public <T> void put(ContextKey<T> key, @Nullable T value) {
    if (value == null) {
      values.remove(key);
    } else {
      values.put(key, value);
    }
  }

  // --- the call ---

  /** Who knows from now on whether the function repeats what it did. */
  public void watch(BooleanSupplier isReplaying) {
    replaying = isReplaying;
  }

  /** Around the request. */
  public AppResponse request(AppRequest request, Next<AppResponse> answer) throws Exception {
    return Onion.proceed(
        chain, "wrapRequest", (each, next) -> each.wrapRequest(this, request, next), answer);
  }

  /**
   * Begins the function.
   *
   * @param events what it is called with
   * @param first whether this is the run's first call
   * @return what it is to be called with
   */
  public List<EventEnvelope> begin(List<EventEnvelope> events, boolean first) {
    List<EventEnvelope> changed = events;
    for (Middleware each : chain) {
      changed =
          EventLists.changed(
              each, "transformEvents", changed, given -> each.transformEvents(this, given));
    }
    if (first) {
      before("onRunStart", each -> each.onRunStart(this));
    }
    before("beforeMemoization", each -> each.beforeMemoization(this));
    if (!facts.replays()) {
      endMemoization();
    }
    return changed;
  }

  /** New code runs from now on; only the first time counts. */
  public void endMemoization() {
    requireNoFailure();
    if (memoizationEnded) {
      return;
    }
    memoizationEnded = true;
    kept(
        () -> {
          before("afterMemoization", each -> each.afterMemoization(this));
          before("beforeExecution", each -> each.beforeExecution(this));
        });
    executionBegan = true;
  }

  /** Around the handler. */
  public @Nullable Object function(Steps steps, Next<@Nullable Object> handler) throws Exception {
    return Onion.<@Nullable Object>proceed(
        chain, "wrapFunction", (each, next) -> each.wrapFunction(this, steps, next), handler);
  }

  /** Changes the result of the function. */
  public byte[] output(byte[] json) {
    return outwards(
            "transformOutput", JsonPayload.of(json), each -> out -> each.transformOutput(this, out))
        .bytes();
  }

  /** What a hook threw where the function could have caught it, or null. */
  public @Nullable RuntimeException failure() {
    return failure;
  }

  /** The function returned; to be told before {@link #ended}. */
  public void returned(byte[] json) {
    JsonPayload output = JsonPayload.of(json);
    after("onRunComplete", each -> each.onRunComplete(this, output));
  }

  /** The function threw; to be told before {@link #ended}. */
  public void threw(Throwable error, boolean last) {
    after("onRunError", each -> each.onRunError(this, error, last));
  }

  /** The call is over. */
  public void ended(CallEnd end) {
    if (executionBegan) {
      after("afterExecution", each -> each.afterExecution(this, end));
    }
  }

  // --- its steps ---

  /** Around a step as the function sees it. */
  public @Nullable Object stepCall(StepInfo step, Next<@Nullable Object> rest) throws Exception {
    requireNoFailure();
    if (aroundStep) {
      throw new StepUsageException(
          "Step \""
              + step.id()
              + "\" was called in the hook wrapStepCall of a middleware, around another step. Steps"
              + " before or after those of the function belong into wrapFunction.");
    }
    aroundStep = true;
    try {
      return Onion.<@Nullable Object>proceed(
          chain, "wrapStepCall", (each, next) -> each.wrapStepCall(this, step, next), within(rest));
    } finally {
      aroundStep = false;
    }
  }

  private Next<@Nullable Object> within(Next<@Nullable Object> rest) {
    return () -> {
      aroundStep = false;
      try {
        return rest.proceed();
      } finally {
        aroundStep = true;
      }
    };
  }

  /** Changes what is remembered of a step. */
  public JsonPayload memo(StepInfo step, JsonPayload memo) {
    requireNoFailure();
    return kept(
        () -> {
          JsonPayload changed = memo;
          for (Middleware each : chain) {
            changed =
                changed(
                    each, "transformMemo", changed, given -> each.transformMemo(this, step, given));
          }
          return changed;
        });
  }

  /** Changes what the server is told of a step that it does. */
  public ObjectNode stepInput(StepInfo step, ObjectNode input) {
    requireNoFailure();
    return kept(
        () -> {
          ObjectNode changed = input;
          for (Middleware each : chain) {
            changed =
                changed(
                    each,
                    "transformStepInput",
                    changed,
                    given -> each.transformStepInput(this, step, given));
          }
          return changed;
        });
  }

  /** Runs the body of a step. */
  public @Nullable Object stepBody(StepInfo step, Next<@Nullable Object> body) throws Exception {
    before("onStepStart", each -> each.onStepStart(this, step));
    return Onion.<@Nullable Object>proceed(
        chain, "wrapStep", (each, next) -> each.wrapStep(this, step, next), body);
  }

  /** Changes the result of a step. */
  public byte[] stepOutput(StepInfo step, byte[] json) {
    return outwards(
            "transformStepOutput",
            JsonPayload.of(json),
            each -> out -> each.transformStepOutput(this, step, out))
        .bytes();
  }

  /** A step's body is done. */
  public void stepCompleted(StepInfo step, byte[] json) {
    JsonPayload output = JsonPayload.of(json);
    after("onStepComplete", each -> each.onStepComplete(this, step, output));
  }

  /** An attempt of a step failed. */
  public void stepFailed(StepInfo step, Throwable error, boolean last) {
    after("onStepError", each -> each.onStepError(this, step, error, last));
  }

  // --- one hook of all ---

  private void before(String hook, Consumer<Middleware> call) {
    for (Middleware each : chain) {
      try {
        call.accept(each);
      } catch (Exception e) {
        throw HookFailures.named(each, hook, e);
      }
    }
  }

  /** What is done is done, and everyone hears of it: a failure is told to people only. */
  private void after(String hook, Consumer<Middleware> call) {
    for (Middleware each : chain) {
      try {
        call.accept(each);
      } catch (Exception | Error e) {
        LOG.error(
            "{} failed in run {} of function \"{}\". What it was told of is done and stays so.",
            HookFailures.where(each, hook),
            facts.runId(),
            facts.functionId(),
            e);
      }
    }
  }

  @FunctionalInterface
  private interface Change {
    UnaryOperator<JsonPayload> of(Middleware middleware);
  }

  private JsonPayload outwards(String hook, JsonPayload payload, Change change) {
    JsonPayload changed = payload;
    for (int i = chain.size() - 1; i >= 0; i--) {
      Middleware each = chain.get(i);
      changed = changed(each, hook, changed, change.of(each));
    }
    return changed;
  }

  // Middleware written without null checks can give null.
  @SuppressWarnings("ConstantValue")
  private static <T> T changed(
      Middleware middleware, String hook, T value, UnaryOperator<T> change) {
    @Nullable T changed;
    try {
      changed = change.apply(value);
    } catch (Exception e) {
      throw HookFailures.named(middleware, hook, e);
    }
    if (changed == null) {
      throw HookFailures.broken(middleware, hook, "gave null. Give back what it was handed.");
    }
    return changed;
  }

  // --- failures within the function ---

  private void requireNoFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  private void kept(Runnable hooks) {
    kept(
        () -> {
          hooks.run();
          return this;
        });
  }

  private <T> T kept(Supplier<T> hooks) {
    try {
      return hooks.get();
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
  }
}
