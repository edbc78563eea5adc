package dev.vibecoder.inngest.processor.internal.diag;

import javax.tools.Diagnostic;

/**
 * Everything that can be wrong. The code is stable: it is printed, documented in {@code
 * docs/diagnostics.md} and searched for.
 */
public enum ProblemCode {
  FUNCTION_ID("function-id"),
  DUPLICATE_FUNCTION_ID("duplicate-function-id"),
  FUNCTION_KIND("function-kind"),
  FUNCTION_FINAL("function-final"),
  FUNCTION_ABSTRACT("function-abstract"),
  FUNCTION_SEALED("function-sealed"),
  FUNCTION_GENERIC("function-generic"),
  FUNCTION_NESTED("function-nested"),
  FUNCTION_CONSTRUCTOR("function-constructor"),
  FUNCTION_STATE("function-state"),
  FUNCTION_EMPTY("function-empty"),
  NO_TRIGGER("no-trigger"),
  TRIGGER_COUNT("trigger-count"),
  TRIGGER("trigger"),
  PAYLOAD_CLASS("payload-class"),
  UNKNOWN_EVENT("unknown-event"),
  OPTION_OUTSIDE_FUNCTION("option-outside-function"),
  RETRIES("retries"),
  FUNCTION_RESULT("function-result"),
  EVENT_NAME("event-name"),
  EVENT_RESERVED("event-reserved"),
  EVENT_KIND("event-kind"),
  EVENT_CLASS_CLASH("event-class-clash"),
  EVENT_TYPE_NAME("event-type-name"),
  EVENT_PAYLOAD("event-payload"),
  DUPLICATE_EVENT("duplicate-event"),
  STEP_OUTSIDE_FUNCTION("step-outside-function"),
  STEP_PRIVATE("step-private"),
  STEP_STATIC("step-static"),
  STEP_FINAL("step-final"),
  STEP_VARARGS("step-varargs"),
  STEP_GENERIC("step-generic"),
  STEP_THROWS("step-throws"),
  STEP_INHERITED("step-inherited"),
  STEP_ID("step-id"),
  DUPLICATE_STEP_ID("duplicate-step-id"),
  STEP_RESULT("step-result"),
  STEP_KEY("step-key"),
  STEP_BACKOFF("step-backoff"),
  STEP_FORMERLY("step-formerly"),
  STEP_AFTER("step-after"),
  STEP_CYCLE("step-cycle"),
  RESULT_STEP("result-step"),
  FLOW_HANDLER("flow-handler"),
  ANNOTATION_DROPPED("annotation-dropped"),
  TYPE_ACCESS("type-access"),
  UNBOUND_PARAMETER("unbound-parameter"),
  AMBIGUOUS_PARAMETER("ambiguous-parameter"),
  TWO_HANDLERS("two-handlers"),
  HANDLER_METHOD("handler-method"),
  HANDLER_PARAMETER("handler-parameter"),
  ON_FAILURE("on-failure"),
  ON_CANCELLED("on-cancelled"),
  EXPRESSION_SYNTAX("expression-syntax"),
  EXPRESSION_VARIABLE("expression-variable"),
  EXPRESSION_FIELD("expression-field"),
  EXPRESSION_FUNCTION("expression-function"),
  EXPRESSION_ARGUMENT("expression-argument"),
  EXPRESSION_OPERAND("expression-operand"),
  EXPRESSION_RESULT("expression-result"),
  EXPRESSION_REFUSED("expression-refused"),
  EXPRESSION_NEVER("expression-never", Diagnostic.Kind.WARNING),
  EXPRESSION_MIXED("expression-mixed", Diagnostic.Kind.WARNING),
  MATCH_PATH("match-path"),
  CRON("cron"),
  CRON_NEVER("cron-never"),
  TIME_ZONE("time-zone"),
  JITTER("jitter"),
  DURATION("duration"),
  CONCURRENCY("concurrency"),
  THROTTLE("throttle"),
  RATE_LIMIT("rate-limit"),
  DEBOUNCE("debounce"),
  BATCH("batch"),
  CANCEL_ON("cancel-on"),
  TIMEOUTS("timeouts"),
  CHECKPOINT("checkpoint"),
  COMBINATION("combination"),
  GENERATED_NAME("generated-name"),
  MODULE_PACKAGE("module-package"),
  UNKNOWN_OPTION("unknown-option"),
  INTERNAL("internal"),
  LATE_PAYLOAD("late-payload"),
  LATE_ARRIVAL("late-arrival", Diagnostic.Kind.WARNING),
  NOT_VISIBLE("not-visible", Diagnostic.Kind.WARNING),

  // Doubtful code, and what it does to others: warnings, or what -Ainngest.lint makes of them.
  CLOCK_IN_HANDLER("clock-in-handler", Diagnostic.Kind.WARNING),
  RANDOM_IN_HANDLER("random-in-handler", Diagnostic.Kind.WARNING),
  UUID_IN_HANDLER("uuid-in-handler", Diagnostic.Kind.WARNING),
  THREAD_IN_HANDLER("thread-in-handler", Diagnostic.Kind.WARNING),
  ENVIRONMENT_IN_HANDLER("environment-in-handler", Diagnostic.Kind.WARNING),
  IO_IN_HANDLER("io-in-handler", Diagnostic.Kind.WARNING),
  SEND_IN_HANDLER("send-in-handler", Diagnostic.Kind.WARNING),
  NESTED_STEP("nested-step", Diagnostic.Kind.WARNING),
  STEP_ELSEWHERE("step-elsewhere", Diagnostic.Kind.WARNING),
  CATCH_THROWABLE("catch-throwable", Diagnostic.Kind.WARNING),
  FINALLY_AROUND_STEPS("finally-around-steps", Diagnostic.Kind.WARNING),
  STATE_IN_STEP("state-in-step", Diagnostic.Kind.WARNING),
  EVENT_SIMILAR("event-similar", Diagnostic.Kind.WARNING),
  EVENT_UNHANDLED("event-unhandled", Diagnostic.Kind.WARNING),
  EVENT_NEVER_SENT("event-never-sent", Diagnostic.Kind.WARNING),
  EVENT_CYCLE("event-cycle", Diagnostic.Kind.WARNING),

  // What runs under way would not survive.
  LOCK_FILE("lock-file"),
  LOCK_FUNCTION_REMOVED("lock-function-removed"),
  LOCK_STEP_REMOVED("lock-step-removed"),
  LOCK_STEP_RENAMED("lock-step-renamed"),
  LOCK_STEP_ORDER("lock-step-order"),
  LOCK_STEP_KEY("lock-step-key"),
  LOCK_RESULT("lock-result");

  private final String code;
  private final Diagnostic.Kind kind;

  ProblemCode(String code) {
    this(code, Diagnostic.Kind.ERROR);
  }

  ProblemCode(String code, Diagnostic.Kind kind) {
    this.code = code;
    this.kind = kind;
  }

  /** The stable code. */
  public String code() {
    return code;
  }

  /** An error or a warning. */
  public Diagnostic.Kind kind() {
    return kind;
  }
}
