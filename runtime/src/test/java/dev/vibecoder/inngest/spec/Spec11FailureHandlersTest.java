package dev.vibecoder.inngest.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.function.Concurrency;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.Trees;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Section 11: failure handlers. */
class Spec11FailureHandlersTest {
  private static FunctionDefinition function() {
    return FunctionDefinition.define("fn")
        .on("test/event")
        .retries(7)
        .concurrency(Concurrency.limit(3))
        .onFailure(
            (failure, step) ->
                step.run(
                    "report",
                    String.class,
                    () -> failure.error().message() + failure.rawEvent().at("/data/n").asInt()))
        .handle((event, step) -> null);
  }

  @Test
  void aHandlerIsAFunctionOfItsOwnWithoutRetriesAndLimits() {
    try (SpecApp app = SpecApp.dev().function(function())) {
      app.send("PUT", "", "");
      JsonNode functions = app.api.only().json().path("functions");
      assertThat(functions).hasSize(2);
      JsonNode handler = functions.get(1);
      assertThat(handler.path("id").asText()).isEqualTo("app-fn-failure");
      assertThat(handler.path("triggers"))
          .isEqualTo(
              Trees.parse(
                  "[{\"event\":\"inngest/function.failed\","
                      + "\"expression\":\"event.data.function_id == 'app-fn'\"}]"));
      assertThat(handler.at("/steps/step/retries/attempts").asInt(-1)).isZero();
      assertThat(handler.has("concurrency")).isFalse();
    }
  }

  @Test
  void aHandlerGetsTheErrorAndTheEventOfTheFailedRun() {
    Call call =
        Call.first()
            .event(
                "{\"name\":\"inngest/function.failed\",\"data\":{\"function_id\":\"app-fn\","
                    + "\"run_id\":\"R\",\"error\":{\"name\":\"Error\",\"message\":\"no\"},"
                    + "\"event\":{\"name\":\"test/event\",\"data\":{\"n\":5}}}}");
    assertThat(
            App.of(function()).call("fn-failure", call, Map.of()).operation().path("data").asText())
        .isEqualTo("no5");
  }
}
