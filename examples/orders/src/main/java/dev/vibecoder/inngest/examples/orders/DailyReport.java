package dev.vibecoder.inngest.examples.orders;

import dev.vibecoder.inngest.CronEvent;
import dev.vibecoder.inngest.Results2;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.annotation.Cron;
import dev.vibecoder.inngest.annotation.Handler;
import dev.vibecoder.inngest.annotation.InngestFunction;
import dev.vibecoder.inngest.annotation.Step;
import java.time.Duration;

/** Every morning; two halves that are made at the same time, and then a pause. */
@InngestFunction(id = "daily-report")
@Cron(value = "0 7 * * 1-5", zone = "Europe/Berlin", jitter = "5m")
public class DailyReport {
  @Handler
  String run(CronEvent tick, Steps step) {
    Results2<Integer, Integer> halves = step.parallel(() -> orders(), () -> returns());
    step.sleep("before-mail", Duration.ofMinutes(10));
    return mail(halves.first(), halves.second());
  }

  @Step
  int orders() {
    return 12;
  }

  @Step
  int returns() {
    return 1;
  }

  @Step
  String mail(int orders, int returns) {
    return orders + " orders, " + returns + " returns";
  }
}
