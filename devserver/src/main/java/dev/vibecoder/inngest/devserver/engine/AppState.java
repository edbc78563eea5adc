package dev.vibecoder.inngest.devserver.engine;

import dev.vibecoder.inngest.protocol.FunctionConfig;
import dev.vibecoder.inngest.protocol.SyncRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An app as it was synced last.
 *
 * @param url where it is served
 * @param sync what it told
 * @param checksum tells whether a new sync changes anything
 * @param syncedAt when it was synced
 */
record AppState(String url, SyncRequest sync, String checksum, Instant syncedAt) {
  String name() {
    return sync.appName();
  }

  String id() {
    return NameUuid.of(name()).toString();
  }

  /** Of two functions with one id the first holds. */
  Optional<FunctionConfig> function(String id) {
    return sync.functions().stream().filter(function -> function.id().equals(id)).findFirst();
  }

  List<FunctionConfig> functions() {
    return sync.functions();
  }

  static String functionUuid(FunctionConfig function) {
    return NameUuid.of(function.name() + endpoint(function)).toString();
  }

  static String endpoint(FunctionConfig function) {
    FunctionConfig.Step step = function.steps().get(FunctionConfig.STEP);
    return step == null ? "" : step.runtime().url();
  }

  static int retries(FunctionConfig function) {
    FunctionConfig.Step step = function.steps().get(FunctionConfig.STEP);
    FunctionConfig.Retries retries = step == null ? null : step.retries();
    return retries == null
        ? RetryPolicy.DEFAULT_RETRIES
        : Math.max(0, Math.min(RetryPolicy.MAX_RETRIES, retries.attempts()));
  }
}
