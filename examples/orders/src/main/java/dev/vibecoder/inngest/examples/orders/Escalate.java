package dev.vibecoder.inngest.examples.orders;

import dev.vibecoder.inngest.annotation.Handler;
import dev.vibecoder.inngest.annotation.InngestFunction;
import dev.vibecoder.inngest.annotation.Step;

/** Started by other functions only: it has no trigger, and its result goes to who invoked it. */
@InngestFunction(id = "escalate")
public class Escalate {
  @Handler
  String run(Escalation escalation) {
    return openTicket(escalation);
  }

  @Step
  String openTicket(Escalation escalation) {
    return "ticket for " + escalation.orderId() + ": " + escalation.reason();
  }
}
