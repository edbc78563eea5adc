package dev.vibecoder.inngest.processor.internal.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.vibecoder.inngest.processor.internal.model.FunctionOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes how the server is to treat a function, as calls of the definition's builder. */
final class OptionsWriter {
  /** What names of variables must not hide. */
  static final List<ClassName> NAMES =
      List.of(
          Names.function("Batch"),
          Names.function("CancelOn"),
          Names.function("Checkpoint"),
          Names.function("Concurrency"),
          Names.function("Debounce"),
          Names.function("RateLimit"),
          Names.function("Singleton"),
          Names.function("Throttle"),
          Names.function("Timeouts"),
          Names.SCOPE,
          Names.MODE.topLevelClassName(),
          Names.MODE,
          Names.DURATION);

  private final CodeBlock.Builder code = CodeBlock.builder();

  private OptionsWriter() {}

  static CodeBlock of(FunctionOptions options) {
    OptionsWriter writer = new OptionsWriter();
    writer.write(options);
    return writer.code.build();
  }

  private void write(FunctionOptions options) {
    if (options.retries() != null) {
      code.add("\n.retries($L)", options.retries());
    }
    options.concurrency().forEach(limit -> option("concurrency", concurrency(limit)));
    FunctionOptions.Throttle throttle = options.throttle();
    if (throttle != null) {
      option("throttle", throttle(throttle));
    }
    FunctionOptions.RateLimit rateLimit = options.rateLimit();
    if (rateLimit != null) {
      option(
          "rateLimit",
          limit("RateLimit", rateLimit.limit(), rateLimit.period())
              .add(key(rateLimit.key()))
              .build());
    }
    FunctionOptions.Debounce debounce = options.debounce();
    if (debounce != null) {
      option("debounce", debounce(debounce));
    }
    FunctionOptions.Batch batch = options.batch();
    if (batch != null) {
      option("batch", batch(batch));
    }
    if (options.priority() != null) {
      code.add("\n.priority($S)", options.priority());
    }
    FunctionOptions.Singleton singleton = options.singleton();
    if (singleton != null) {
      option("singleton", singleton(singleton));
    }
    options.cancelOn().forEach(rule -> option("cancelOn", cancelOn(rule)));
    FunctionOptions.Timeouts timeouts = options.timeouts();
    if (timeouts != null) {
      option("timeouts", timeouts(timeouts));
    }
    if (options.idempotency() != null) {
      code.add("\n.idempotency($S)", options.idempotency());
    }
    FunctionOptions.Checkpoint checkpoint = options.checkpoint();
    if (checkpoint != null) {
      option("checkpoint", checkpoint(checkpoint));
    }
  }

  private void option(String method, CodeBlock value) {
    code.add("\n.$L($L)", method, value);
  }

  private static CodeBlock concurrency(FunctionOptions.Concurrency limit) {
    CodeBlock.Builder value =
        CodeBlock.builder().add("$T.limit($L)", Names.function("Concurrency"), limit.limit());
    if (limit.scope().equals("FN")) {
      value.add(key(limit.key()));
    } else {
      value.add("$Z.shared($T.$L, $S)", Names.SCOPE, limit.scope(), limit.key());
    }
    return limit.wholeRuns() ? value.add("$Z.ofWholeRuns()").build() : value.build();
  }

  private static CodeBlock throttle(FunctionOptions.Throttle throttle) {
    CodeBlock.Builder value = limit("Throttle", throttle.limit(), throttle.period());
    if (throttle.burst() > 0) {
      value.add("$Z.burst($L)", throttle.burst());
    }
    return value.add(key(throttle.key())).build();
  }

  private static CodeBlock.Builder limit(String type, int limit, Duration period) {
    return CodeBlock.builder()
        .add("$T.limit($L, $L)", Names.function(type), limit, duration(period));
  }

  private static CodeBlock debounce(FunctionOptions.Debounce debounce) {
    return CodeBlock.builder()
        .add("$T.period($L)", Names.function("Debounce"), duration(debounce.period()))
        .add(key(debounce.key()))
        .add(duration("timeout", debounce.timeout()))
        .build();
  }

  private static CodeBlock batch(FunctionOptions.Batch batch) {
    return CodeBlock.builder()
        .add("$T.of($L, $L)", Names.function("Batch"), batch.maxSize(), duration(batch.timeout()))
        .add(key(batch.key()))
        .add(text("when", batch.when()))
        .build();
  }

  private static CodeBlock singleton(FunctionOptions.Singleton singleton) {
    return CodeBlock.builder()
        // Spelt out, so that the import of the constant is used.
        .add("$T.mode($T." + singleton.mode() + ")", Names.function("Singleton"), Names.MODE)
        .add(key(singleton.key()))
        .build();
  }

  private static CodeBlock cancelOn(FunctionOptions.CancelOn rule) {
    CodeBlock.Builder value = CodeBlock.builder();
    if (rule.type() == null) {
      value.add("$T.event($S)", Names.function("CancelOn"), rule.event());
    } else {
      value.add("$T.event($T.TYPE)", Names.function("CancelOn"), rule.type());
    }
    return value
        .add(text("match", rule.match()))
        .add(text("when", rule.when()))
        .add(duration("timeout", rule.timeout()))
        .build();
  }

  private static CodeBlock timeouts(FunctionOptions.Timeouts timeouts) {
    return CodeBlock.builder()
        .add("$T.NONE", Names.function("Timeouts"))
        .add(duration("start", timeouts.start()))
        .add(duration("finish", timeouts.finish()))
        .build();
  }

  private static CodeBlock checkpoint(FunctionOptions.Checkpoint checkpoint) {
    return CodeBlock.builder()
        .add("$T.every($L)", Names.function("Checkpoint"), checkpoint.batchSteps())
        .add(duration("batchInterval", checkpoint.batchInterval()))
        .add(duration("maxRuntime", checkpoint.maxRuntime()))
        .build();
  }

  private static CodeBlock key(@Nullable String expression) {
    return text("key", expression);
  }

  private static CodeBlock text(String method, @Nullable String value) {
    return value == null ? CodeBlock.of("") : CodeBlock.of("$Z.$L($S)", method, value);
  }

  private static CodeBlock duration(String method, @Nullable Duration value) {
    return value == null ? CodeBlock.of("") : CodeBlock.of("$Z.$L($L)", method, duration(value));
  }

  /** A duration in the greatest unit in which it is a whole number. */
  static CodeBlock duration(Duration duration) {
    if (duration.getNano() % 1_000_000 != 0) {
      return duration.getSeconds() == 0
          ? CodeBlock.of("$T.ofNanos($L)", Names.DURATION, duration.getNano())
          : CodeBlock.of(
              "$T.ofSeconds($L, $L)", Names.DURATION, duration.getSeconds(), duration.getNano());
    }
    if (duration.getNano() != 0) {
      return duration("ofMillis", duration.toMillis());
    }
    long seconds = duration.getSeconds();
    if (seconds % 86_400 == 0) {
      return duration("ofDays", seconds / 86_400);
    }
    if (seconds % 3_600 == 0) {
      return duration("ofHours", seconds / 3_600);
    }
    return seconds % 60 == 0 ? duration("ofMinutes", seconds / 60) : duration("ofSeconds", seconds);
  }

  private static CodeBlock duration(String factory, long amount) {
    boolean large = amount > Integer.MAX_VALUE || amount < Integer.MIN_VALUE;
    return CodeBlock.of("$T.$L($L)", Names.DURATION, factory, large ? amount + "L" : amount);
  }
}
