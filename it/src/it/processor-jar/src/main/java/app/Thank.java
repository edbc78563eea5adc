package app;

import dev.vibecoder.inngest.annotation.Concurrency;
import dev.vibecoder.inngest.annotation.InngestFunction;
import dev.vibecoder.inngest.annotation.Step;

/** Expressions are read by the libraries inside the processor's jar. */
@InngestFunction(
    id = "thank",
    event = "app/ordered",
    when = "event.data.total > 100 && event.data.id.startsWith('A')")
@Concurrency(limit = 1, key = "event.data.id")
public class Thank {
  @Step
  String write(Ordered ordered) {
    return "Thank you for " + ordered.id();
  }
}
