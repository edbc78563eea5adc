package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f")
@Cron(value = "0 3 * * *", zone = "America/New_York", jitter = "30s")
@Cron("30 3 * * 0")
class F {
  @Step
  String load(String cron) {
    return cron;
  }
}
