package first;

import dev.vibecoder.inngest.annotation.InngestEvent;
import dev.vibecoder.inngest.annotation.InngestFunction;
import dev.vibecoder.inngest.annotation.Step;

/** Welcomes who has joined, in two steps. */
@InngestFunction(id = "welcome", event = "demo/user.joined")
public class Welcome {
  /** What the event carries. */
  @InngestEvent("demo/user.joined")
  public record UserJoined(String name) {}

  @Step
  String greeting(UserJoined user) {
    return "Welcome, " + user.name() + "!";
  }

  @Step
  int mail(String greeting) {
    System.out.println(greeting);
    return greeting.length();
  }
}
