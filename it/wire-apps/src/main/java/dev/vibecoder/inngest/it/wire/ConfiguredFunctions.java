package dev.vibecoder.inngest.it.wire;

import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.annotation.Scope;
import dev.vibecoder.inngest.annotation.Singleton.Mode;
import dev.vibecoder.inngest.function.Batch;
import dev.vibecoder.inngest.function.CancelOn;
import dev.vibecoder.inngest.function.Concurrency;
import dev.vibecoder.inngest.function.Debounce;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.RateLimit;
import dev.vibecoder.inngest.function.Singleton;
import dev.vibecoder.inngest.function.Throttle;
import dev.vibecoder.inngest.function.Timeouts;
import dev.vibecoder.inngest.function.Trigger;
import java.time.Duration;
import java.util.List;

/** Functions that the server is told to treat in special ways. */
final class ConfiguredFunctions {
  private static final String USER = "event.data.user";

  List<FunctionDefinition> all() {
    return List.of(batch(), everything(), debounced(), keyedBatch());
  }

  private static FunctionDefinition batch() {
    return FunctionDefinition.define("batch")
        .on("rec/batch")
        .batch(Batch.of(3, Duration.ofSeconds(2)))
        .handleBatch((events, step) -> step.run("count", Integer.class, events::size));
  }

  private static FunctionDefinition everything() {
    return FunctionDefinition.define("config")
        .onAny(
            Trigger.event(EventType.json("rec/config")).when("event.data.total > 100"),
            Trigger.event(EventType.json("rec/conf.*")),
            Trigger.cron("TZ=Europe/Paris 0 12 * * 1").jitter(Duration.ofSeconds(30)))
        .name("Everything")
        .retries(7)
        .concurrency(Concurrency.limit(5).key(USER))
        .concurrency(Concurrency.limit(9).shared(Scope.ENV, "\"shared\""))
        .throttle(Throttle.limit(10, Duration.ofMinutes(1)).burst(2).key(USER))
        .priority("event.data.vip ? 120 : 0")
        .timeouts(Timeouts.NONE.start(Duration.ofMinutes(10)).finish(Duration.ofHours(2)))
        .cancelOn(CancelOn.event("rec/c1").when("async.data.id == event.data.id"))
        .cancelOn(CancelOn.event("rec/c2"))
        .idempotency("event.data.orderId")
        .handle((event, step) -> 1);
  }

  private static FunctionDefinition debounced() {
    return FunctionDefinition.define("config-debounce")
        .on("rec/debounce")
        .debounce(Debounce.period(Duration.ofSeconds(2)).timeout(Duration.ofSeconds(10)).key(USER))
        .singleton(Singleton.mode(Mode.SKIP).key(USER))
        .rateLimit(RateLimit.limit(10, Duration.ofHours(1)).key(USER))
        .handle((event, step) -> event.data());
  }

  private static FunctionDefinition keyedBatch() {
    return FunctionDefinition.define("config-batch")
        .on("rec/config-batch")
        .batch(Batch.of(10, Duration.ofSeconds(5)).key(USER).when("event.data.batch == true"))
        .handleBatch((events, step) -> 1);
  }
}
