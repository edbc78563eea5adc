package dev.vibecoder.inngest.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.CronEvent;
import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.InvokedEvent;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.middleware.Middleware;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A durable function: its id, what starts it, how the server treats it, and its code. Immutable and
 * safe for use by many threads; one instance serves all runs.
 */
public final class FunctionDefinition {
  /** The event that starts a failure handler. */
  public static final String FUNCTION_FAILED = "inngest/function.failed";

  /** The event that starts a cancellation handler. */
  public static final String FUNCTION_CANCELLED = "inngest/function.cancelled";

  private static final Pattern ID = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");
  private static final int MAX_ID_LENGTH = 64;
  private static final String FAILURE_SUFFIX = "-failure";
  private static final String CANCELLED_SUFFIX = "-cancelled";

  private final String id;
  private final String name;
  private final List<Trigger> triggers;
  private final List<EventType<?>> eventTypes;
  private final FunctionOptions options;
  private final List<StepDefinition<?>> steps;
  private final @Nullable TypeRef<?> result;
  private final BatchHandler<Event<?>> handler;
  private final List<Middleware> middleware;
  private final List<FunctionDefinition> companions;
  private final @Nullable String companionOf;

  private FunctionDefinition(
      String id,
      String name,
      List<Trigger> triggers,
      List<EventType<?>> eventTypes,
      FunctionOptions options,
      List<StepDefinition<?>> steps,
      @Nullable TypeRef<?> result,
      BatchHandler<Event<?>> handler,
      List<Middleware> middleware,
      List<FunctionDefinition> companions,
      @Nullable String companionOf) {
    this.id = id;
    this.name = name;
    this.triggers = List.copyOf(triggers);
    this.eventTypes = List.copyOf(eventTypes);
    this.options = options;
    this.steps = List.copyOf(steps);
    this.result = result;
    this.handler = handler;
    this.middleware = List.copyOf(middleware);
    this.companions = List.copyOf(companions);
    this.companionOf = companionOf;
  }

  /**
   * Begins a function.
   *
   * @param id lower-case letters, digits and single hyphens, at most 64 characters; unique in the
   *     app
   * @return the next stage
   * @throws IllegalArgumentException if the id is none
   */
  public static Start define(String id) {
    if (!ID.matcher(id).matches() || id.length() > MAX_ID_LENGTH) {
      throw new IllegalArgumentException(
          "\""
              + id
              + "\" is no function id. Use lower-case letters, digits and single hyphens, at most "
              + MAX_ID_LENGTH
              + " characters, as in hello-world.");
    }
    return new Start(id);
  }

  /**
   * The function's id, without the app's.
   *
   * @return the id
   */
  public String id() {
    return id;
  }

  /**
   * The name shown to people.
   *
   * @return the name; the id if none was given
   */
  public String name() {
    return name;
  }

  /**
   * What starts the function.
   *
   * @return the triggers; none for a function that only others invoke
   */
  public List<Trigger> triggers() {
    return triggers;
  }

  /**
   * What the function can be handed.
   *
   * @return the types of its events, each once, at least one
   */
  public List<EventType<?>> eventTypes() {
    return eventTypes;
  }

  /**
   * How the server treats the function.
   *
   * @return the options
   */
  public FunctionOptions options() {
    return options;
  }

  /**
   * How often it is tried again.
   *
   * @return 0 to 20, or empty for the server's default
   */
  public OptionalInt retries() {
    Integer retries = options.retries();
    return retries == null ? OptionalInt.empty() : OptionalInt.of(retries);
  }

  /**
   * The steps that are known before any run, if they were given.
   *
   * @return the steps, in order
   */
  public List<StepDefinition<?>> steps() {
    return steps;
  }

  /**
   * Type of the result.
   *
   * @return the type, or empty if the result's class tells it
   */
  public Optional<TypeRef<?>> result() {
    return Optional.ofNullable(result);
  }

  /**
   * The code. A function without batches takes the first event alone.
   *
   * @return the handler; it must be given events of the {@link #eventTypes()}
   */
  public BatchHandler<Event<?>> handler() {
    return handler;
  }

  /**
   * The middleware around this function and its handlers of failures and cancellations, within that
   * of the client.
   *
   * @return the middleware, the outermost first
   */
  public List<Middleware> middleware() {
    return middleware;
  }

  /**
   * The same function with more middleware, within what it has already; for generated definitions.
   *
   * @param more the middleware, the outermost first
   * @return a new definition, whose handlers of failures and cancellations have it too
   */
  public FunctionDefinition withMiddleware(Middleware... more) {
    List<Middleware> all = new ArrayList<>(middleware);
    all.addAll(List.of(more));
    return new FunctionDefinition(
        id,
        name,
        triggers,
        eventTypes,
        options,
        steps,
        result,
        handler,
        all,
        companions.stream().map(companion -> companion.withMiddleware(more)).toList(),
        companionOf);
  }

  /**
   * The functions that are run when this one has failed for good or was cancelled.
   *
   * @return functions with the ids {@code <id>-failure} and {@code <id>-cancelled}
   */
  public List<FunctionDefinition> companions() {
    return companions;
  }

  /**
   * The function whose failures or cancellations this one handles.
   *
   * @return its id, or empty for ordinary functions
   */
  public Optional<String> companionOf() {
    return Optional.ofNullable(companionOf);
  }

  @Override
  public String toString() {
    return "FunctionDefinition[" + id + "]";
  }

  /** A function that has an id and no trigger yet. */
  public static final class Start {
    private final String id;

    private Start(String id) {
      this.id = id;
    }

    /**
     * Starts the function by one event.
     *
     * @param trigger the event
     * @param <E> the event class
     * @return the next stage
     */
    public <E extends Event<?>> Builder<E> on(EventType<E> trigger) {
      return new Builder<>(id, List.of(Trigger.event(trigger)), List.of(trigger));
    }

    /**
     * Starts the function by one event under a condition.
     *
     * @param trigger the event
     * @param when CEL over {@code event} that must hold
     * @param <E> the event class
     * @return the next stage
     */
    public <E extends Event<?>> Builder<E> on(EventType<E> trigger, String when) {
      return new Builder<>(id, List.of(Trigger.event(trigger).when(when)), List.of(trigger));
    }

    /**
     * Starts the function by any event of a name or pattern; the payload is left as JSON.
     *
     * @param nameOrPattern the name, or a pattern that ends in {@code /*} or {@code .*}
     * @return the next stage
     */
    public Builder<JsonEvent> on(String nameOrPattern) {
      return on(EventType.json(nameOrPattern));
    }

    /**
     * Starts the function by any of several events. {@link InvokedEvent#type} among them is no
     * trigger, but says what the function is handed when another one invokes it; without it, that
     * is a {@link JsonEvent}.
     *
     * @param triggers the events, one to ten, each name once
     * @return the next stage; the handler tells the events apart by {@code instanceof}
     */
    public Builder<Event<?>> onAny(EventType<?>... triggers) {
      return onAny(Arrays.stream(triggers).map(Trigger::event).toArray(Trigger[]::new));
    }

    /**
     * Starts the function by any of several events and schedules. {@link InvokedEvent#type} among
     * the events is no trigger, but says what the function is handed when another one invokes it;
     * without it, that is a {@link JsonEvent}.
     *
     * @param triggers one to ten
     * @return the next stage; the handler tells the events apart by {@code instanceof}
     */
    public Builder<Event<?>> onAny(Trigger... triggers) {
      Set<EventType<?>> types = new LinkedHashSet<>();
      List<Trigger> starting = new ArrayList<>(triggers.length);
      for (Trigger trigger : triggers) {
        types.add(trigger.eventType());
        // The server sends an event of that name at every invocation of any function.
        if (!trigger.eventType().name().equals(InvokedEvent.NAME)) {
          starting.add(trigger);
        }
      }
      return new Builder<>(id, starting, List.copyOf(types));
    }

    /**
     * Starts the function by several triggers that hand over events of one class: one event under
     * several conditions, or several schedules.
     *
     * @param type the class of all events
     * @param triggers one to ten
     * @param <E> the event class
     * @return the next stage
     * @throws IllegalArgumentException if a trigger hands over another event
     */
    public <E extends Event<?>> Builder<E> onEach(EventType<E> type, Trigger... triggers) {
      for (Trigger trigger : triggers) {
        if (!trigger.eventType().equals(type)) {
          throw new IllegalArgumentException(
              "Function \"" + id + "\": " + trigger + " does not hand over " + type + ".");
        }
      }
      return new Builder<>(id, List.of(triggers), List.of(type));
    }

    /**
     * Starts the function by the clock.
     *
     * @param schedules each five fields, optionally after {@code TZ=<zone> }; one to ten
     * @return the next stage
     */
    public Builder<CronEvent> onCron(String... schedules) {
      List<Trigger> triggers = new ArrayList<>();
      for (String schedule : schedules) {
        triggers.add(Trigger.cron(schedule));
      }
      return new Builder<>(id, triggers, List.of(CronEvent.TYPE));
    }

    /**
     * Leaves the start of the function to others, which invoke it.
     *
     * @param payload what it is called with
     * @param <D> type of the payload
     * @return the next stage
     */
    public <D> Builder<InvokedEvent<D>> onInvoke(TypeRef<D> payload) {
      return new Builder<>(id, List.of(), List.of(InvokedEvent.type(payload)));
    }
  }

  /**
   * A function that has triggers and no code yet. Not safe for use by several threads.
   *
   * @param <E> the event that starts it
   */
  public static final class Builder<E extends Event<?>> {
    private static final int MAX_TRIGGERS = 10;

    private final String id;
    private final List<Trigger> triggers;
    private final List<EventType<?>> eventTypes;
    private final List<StepDefinition<?>> steps = new ArrayList<>();
    private final List<Concurrency> concurrency = new ArrayList<>();
    private final List<CancelOn> cancelOn = new ArrayList<>();
    private final List<Middleware> middleware = new ArrayList<>();
    private String name;
    private @Nullable Integer retries;
    private @Nullable Throttle throttle;
    private @Nullable RateLimit rateLimit;
    private @Nullable Debounce debounce;
    private @Nullable Batch batch;
    private @Nullable String priority;
    private @Nullable Singleton singleton;
    private @Nullable Timeouts timeouts;
    private @Nullable String idempotency;
    private @Nullable Checkpoint checkpoint;
    private @Nullable TypeRef<?> result;
    private @Nullable FailureHandler<E> onFailure;
    private int failureRetries;
    private @Nullable CancellationHandler<E> onCancelled;
    private int cancellationRetries;

    private Builder(String id, List<Trigger> triggers, List<EventType<?>> eventTypes) {
      this.id = id;
      this.name = id;
      this.triggers = triggers;
      this.eventTypes = eventTypes;
      Set<Trigger> distinct = new HashSet<>();
      for (Trigger trigger : triggers) {
        if (!distinct.add(trigger)) {
          throw wrong("it names the trigger " + trigger + " twice.");
        }
      }
      Set<String> names = new HashSet<>();
      for (EventType<?> type : eventTypes) {
        if (!names.add(type.name())) {
          throw wrong("it names the event " + type.name() + " twice, with different types.");
        }
      }
      boolean invoked = eventTypes.stream().anyMatch(type -> type.name().equals(InvokedEvent.NAME));
      if ((triggers.isEmpty() && !invoked) || triggers.size() > MAX_TRIGGERS) {
        throw wrong("it needs one to ten triggers, not " + triggers.size() + ".");
      }
    }

    private IllegalArgumentException wrong(String what) {
      return new IllegalArgumentException("Function \"" + id + "\": " + what);
    }

    /**
     * Sets the name shown to people.
     *
     * @param newName any text; the default is the id
     * @return this builder
     */
    public Builder<E> name(String newName) {
      this.name = Objects.requireNonNull(newName, "name");
      return this;
    }

    /**
     * Sets how often a failed step, or the code outside the steps, is tried again.
     *
     * @param newRetries 0 to 20; the server's default is 4
     * @return this builder
     */
    public Builder<E> retries(int newRetries) {
      this.retries = newRetries;
      return this;
    }

    /**
     * Names steps before any run. Needed for steps with a number of retries of their own: the
     * server must be told the greatest of them.
     *
     * @param known the steps
     * @return this builder
     */
    public Builder<E> steps(StepDefinition<?>... known) {
      steps.addAll(List.of(known));
      return this;
    }

    /**
     * Adds middleware for this function, within that of the client and what was added before.
     *
     * @param more the middleware, the outermost first
     * @return this builder
     */
    public Builder<E> middleware(Middleware... more) {
      middleware.addAll(List.of(more));
      return this;
    }

    /**
     * Adds a limit of what is executed at the same time; two at most.
     *
     * @param limit the limit
     * @return this builder
     */
    public Builder<E> concurrency(Concurrency limit) {
      concurrency.add(Objects.requireNonNull(limit));
      return this;
    }

    /**
     * Sets how many runs start in a period, the others waiting.
     *
     * @param limit the limit
     * @return this builder
     */
    public Builder<E> throttle(Throttle limit) {
      this.throttle = Objects.requireNonNull(limit);
      return this;
    }

    /**
     * Sets how many runs start in a period, the others being dropped.
     *
     * @param limit the limit
     * @return this builder
     */
    public Builder<E> rateLimit(RateLimit limit) {
      this.rateLimit = Objects.requireNonNull(limit);
      return this;
    }

    /**
     * Starts one run for a burst of events.
     *
     * @param rule the rule
     * @return this builder
     */
    public Builder<E> debounce(Debounce rule) {
      this.debounce = Objects.requireNonNull(rule);
      return this;
    }

    /**
     * Starts one run for several events; the code is then given to {@link #handleBatch}.
     *
     * @param rule the rule
     * @return this builder
     */
    public Builder<E> batch(Batch rule) {
      this.batch = Objects.requireNonNull(rule);
      return this;
    }

    /**
     * Lets some runs start before others.
     *
     * @param expression CEL over {@code event} that gives seconds of head start
     * @return this builder
     */
    public Builder<E> priority(String expression) {
      this.priority = Objects.requireNonNull(expression);
      return this;
    }

    /**
     * Allows one run at a time.
     *
     * @param rule the rule
     * @return this builder
     */
    public Builder<E> singleton(Singleton rule) {
      this.singleton = Objects.requireNonNull(rule);
      return this;
    }

    /**
     * Adds an event that cancels a run; five at most.
     *
     * @param rule the rule
     * @return this builder
     */
    public Builder<E> cancelOn(CancelOn rule) {
      cancelOn.add(Objects.requireNonNull(rule));
      return this;
    }

    /**
     * Cancels runs that take too long.
     *
     * @param limits the limits
     * @return this builder
     */
    public Builder<E> timeouts(Timeouts limits) {
      this.timeouts = Objects.requireNonNull(limits);
      return this;
    }

    /**
     * Starts one run for all events with the same value in 24 hours.
     *
     * @param expression CEL over {@code event}
     * @return this builder
     */
    public Builder<E> idempotency(String expression) {
      this.idempotency = Objects.requireNonNull(expression);
      return this;
    }

    /**
     * Lets the app go on from step to step by itself.
     *
     * @param rule the rule
     * @return this builder
     */
    public Builder<E> checkpoint(Checkpoint rule) {
      this.checkpoint = Objects.requireNonNull(rule);
      return this;
    }

    /**
     * Sets the type of the result, for results whose class does not tell it: with its type
     * arguments, a list of a polymorphic type is written with the type ids it is read by.
     *
     * @param type the type; the default is the class of whatever the handler returns
     * @return this builder
     */
    public Builder<E> returning(TypeRef<?> type) {
      this.result = Objects.requireNonNull(type, "type");
      return this;
    }

    /**
     * Sets what is done when the function has failed for good; it is not tried again.
     *
     * @param handler the code
     * @return this builder
     */
    public Builder<E> onFailure(FailureHandler<E> handler) {
      return onFailure(0, handler);
    }

    /**
     * Sets what is done when the function has failed for good.
     *
     * @param handlerRetries how often the handler itself is tried again, 0 to 20
     * @param handler the code
     * @return this builder
     */
    public Builder<E> onFailure(int handlerRetries, FailureHandler<E> handler) {
      this.failureRetries = handlerRetries;
      this.onFailure = Objects.requireNonNull(handler, "handler");
      return this;
    }

    /**
     * Sets what is done when a run was cancelled; it is not tried again.
     *
     * @param handler the code
     * @return this builder
     */
    public Builder<E> onCancelled(CancellationHandler<E> handler) {
      return onCancelled(0, handler);
    }

    /**
     * Sets what is done when a run was cancelled.
     *
     * @param handlerRetries how often the handler itself is tried again, 0 to 20
     * @param handler the code
     * @return this builder
     */
    public Builder<E> onCancelled(int handlerRetries, CancellationHandler<E> handler) {
      this.cancellationRetries = handlerRetries;
      this.onCancelled = Objects.requireNonNull(handler, "handler");
      return this;
    }

    /**
     * Sets the code and ends the definition.
     *
     * @param handler the code
     * @return the function
     * @throws IllegalArgumentException if options are out of bounds, exclude one another or ask for
     *     batches, or if two steps have or had the same id
     */
    public FunctionDefinition handle(FunctionHandler<E> handler) {
      Objects.requireNonNull(handler, "handler");
      if (batch != null) {
        throw wrong("it takes batches, so its code is given to handleBatch.");
      }
      return build((events, steps) -> handler.handle(events.get(0), steps));
    }

    /**
     * Sets code that takes several events at once and ends the definition.
     *
     * @param handler the code
     * @return the function
     * @throws IllegalArgumentException if options are out of bounds, exclude one another or do not
     *     ask for batches, or if two steps have or had the same id
     */
    public FunctionDefinition handleBatch(BatchHandler<E> handler) {
      Objects.requireNonNull(handler, "handler");
      if (batch == null) {
        throw wrong("it takes one event at a time, so its code is given to handle.");
      }
      return build(handler);
    }

    /** What is remembered under one id can be given to one step only. */
    private void requireOneStepForEachId() {
      Map<String, StepDefinition<?>> owners = new HashMap<>();
      for (StepDefinition<?> step : steps) {
        requireUnowned(owners, step.id(), step);
      }
      for (StepDefinition<?> step : steps) {
        for (String former : Set.copyOf(step.formerly())) {
          if (!former.equals(step.id())) {
            requireUnowned(owners, former, step);
          }
        }
      }
    }

    private void requireUnowned(
        Map<String, StepDefinition<?>> owners, String stepId, StepDefinition<?> step) {
      StepDefinition<?> owner = owners.putIfAbsent(stepId, step);
      if (owner != null) {
        throw wrong(
            owner.id().equals(step.id())
                ? "it names the step \"" + stepId + "\" twice."
                : "the steps \""
                    + owner.id()
                    + "\" and \""
                    + step.id()
                    + "\" would both be given what is remembered under the id \""
                    + stepId
                    + "\". An id that a step had formerly is not free for another.");
      }
    }

    private FunctionDefinition build(BatchHandler<E> handler) {
      requireOneStepForEachId();
      FunctionOptions options;
      try {
        options =
            new FunctionOptions(
                retries,
                concurrency,
                throttle,
                rateLimit,
                debounce,
                batch,
                priority,
                singleton,
                cancelOn,
                timeouts,
                idempotency,
                checkpoint);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("Function \"" + id + "\": " + e.getMessage(), e);
      }
      return new FunctionDefinition(
          id,
          name,
          triggers,
          eventTypes,
          options,
          steps,
          result,
          untyped(handler),
          middleware,
          companionFunctions(),
          null);
    }

    // Events are made by the triggers' own types, of which E is a supertype.
    @SuppressWarnings("unchecked")
    private BatchHandler<Event<?>> untyped(BatchHandler<E> handler) {
      return (events, steps) -> handler.handle((List<E>) events, steps);
    }

    private List<FunctionDefinition> companionFunctions() {
      List<FunctionDefinition> companions = new ArrayList<>(2);
      List<EventType<?>> types = eventTypes;
      FailureHandler<E> failure = onFailure;
      if (failure != null) {
        companions.add(
            companion(
                FAILURE_SUFFIX,
                "failure",
                FUNCTION_FAILED,
                failureRetries,
                (event, steps) ->
                    failure.handle(FailedRun.of((JsonNode) event.data(), types), steps)));
      }
      CancellationHandler<E> cancellation = onCancelled;
      if (cancellation != null) {
        companions.add(
            companion(
                CANCELLED_SUFFIX,
                "cancelled",
                FUNCTION_CANCELLED,
                cancellationRetries,
                (event, steps) ->
                    cancellation.handle(CancelledRun.of((JsonNode) event.data(), types), steps)));
      }
      return companions;
    }

    private FunctionDefinition companion(
        String suffix, String what, String event, int ownRetries, FunctionHandler<Event<?>> code) {
      EventType<JsonEvent> type = EventType.json(event);
      FunctionOptions options =
          new FunctionOptions(
              ownRetries,
              List.of(),
              null,
              null,
              null,
              null,
              null,
              null,
              List.of(),
              null,
              null,
              null);
      return new FunctionDefinition(
          id + suffix,
          name + " (" + what + ")",
          List.of(Trigger.event(type)),
          List.of(type),
          options,
          List.of(),
          null,
          (events, steps) -> code.handle(events.get(0), steps),
          middleware,
          List.of(),
          id);
    }
  }
}
