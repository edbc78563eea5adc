package app;

import dev.vibecoder.inngest.annotation.InngestFunction;
import dev.vibecoder.inngest.annotation.Step;

@InngestFunction(id = "greet", event = "app/greeting.asked", retries = 1)
public class Greet {
  @Step
  String compose(Greeting greeting) {
    return "Hello, " + greeting.name();
  }

  @Step
  int length(String compose) {
    return compose.length();
  }
}
