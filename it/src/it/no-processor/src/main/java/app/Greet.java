package app;

import dev.vibecoder.inngest.annotation.InngestFunction;
import dev.vibecoder.inngest.annotation.Step;

@InngestFunction(id = "greet", event = "app/greeting.asked")
public class Greet {
  @Step
  String compose() {
    return "Hello";
  }
}
