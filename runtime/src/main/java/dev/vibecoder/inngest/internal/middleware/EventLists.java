package dev.vibecoder.inngest.internal.middleware;

import dev.vibecoder.inngest.middleware.Middleware;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import java.util.List;
import java.util.function.UnaryOperator;

/** Has a hook change events, which must stay as many: each has its own id, given or received. */
final class EventLists {
  private EventLists() {}

  static List<EventEnvelope> changed(
      Middleware middleware,
      String hook,
      List<EventEnvelope> events,
      UnaryOperator<List<EventEnvelope>> change) {
    List<EventEnvelope> changed;
    try {
      changed = List.copyOf(change.apply(events));
    } catch (Exception e) {
      throw HookFailures.named(middleware, hook, e);
    }
    if (changed.size() != events.size()) {
      throw HookFailures.broken(
          middleware,
          hook,
          "made "
              + changed.size()
              + " events of "
              + events.size()
              + ". It may change events, not add or remove any.");
    }
    return changed;
  }
}
