package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f", cron = {"*/5 * * * *", "TZ=Europe/Paris 0 12 * * MON-FRI"})
class F {
  @Handler
  String run(CronEvent event, CronEvent.Schedule schedule) {
    return event.name() + schedule.cron();
  }
}
