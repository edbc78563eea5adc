package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f")
class F {
  record Question(String text, List<String> hints) {}

  @Step
  String ask(Question question) {
    return question.text();
  }

  @Step
  String answer(String ask, List<String> hints, InvokedEvent<Question> event) {
    return ask + hints + event.data();
  }
}
