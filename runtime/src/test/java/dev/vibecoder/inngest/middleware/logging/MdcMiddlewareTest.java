package dev.vibecoder.inngest.middleware.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionHandler;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.Call;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.spi.MDCAdapter;

class MdcMiddlewareTest {
  private final MDCAdapter before = MDC.getMDCAdapter();

  @BeforeEach
  void keepContext() throws Exception {
    set(new BasicMDCAdapter());
  }

  @AfterEach
  void restore() throws Exception {
    set(before);
  }

  /** The simple logger of the tests has no diagnostic context. */
  private static void set(MDCAdapter adapter) throws Exception {
    Method set = MDC.class.getDeclaredMethod("setMDCAdapter", MDCAdapter.class);
    set.setAccessible(true);
    set.invoke(null, adapter);
  }

  private static Map<String, String> here() {
    Map<String, String> context = MDC.getCopyOfContextMap();
    return context == null ? Map.of() : new TreeMap<>(context);
  }

  private static App app(FunctionHandler<JsonEvent> code) {
    return App.with(
        List.of(new MdcMiddleware()),
        FunctionDefinition.define("fn").on("test/event").handle(code));
  }

  @Test
  void everyLineCanTellWhereItComesFrom() {
    List<Map<String, String>> seen = new ArrayList<>();
    App app =
        app(
            (event, step) -> {
              seen.add(here());
              step.run("one", () -> seen.add(here()));
              seen.add(here());
              step.run("two", () -> seen.add(here()));
              return null;
            });
    Map<String, String> call =
        Map.of(
            "inngest.app", "app",
            "inngest.function", "fn",
            "inngest.run", Call.RUN_ID,
            "inngest.attempt", "1",
            "inngest.replaying", "false");
    Map<String, String> replaying = new TreeMap<>(call);
    replaying.put("inngest.replaying", "true");
    Map<String, String> one = new TreeMap<>(call);
    one.put("inngest.step", "one");
    Map<String, String> two = new TreeMap<>(call);
    two.put("inngest.step", "two");

    app.call(Call.first().attempt(1, 4));
    assertThat(seen).containsExactly(call, one);
    seen.clear();
    app.call(Call.first().done("one", "null").attempt(1, 4));
    assertThat(seen).containsExactly(replaying, call, two);
    seen.clear();
    app.call(Call.first().done("one", "null").target("two").attempt(1, 4));
    assertThat(seen).containsExactly(replaying, replaying, two);
  }

  @Test
  void afterwardsTheContextIsAsItWasBefore() {
    MDC.put("mine", "kept");
    MDC.put("inngest.app", "outer");
    App app =
        app(
            (event, step) -> {
              step.run(
                  "one",
                  () -> {
                    throw new IllegalStateException("no");
                  });
              return null;
            });
    app.call(Call.first());
    assertThat(here())
        .containsExactlyInAnyOrderEntriesOf(Map.of("mine", "kept", "inngest.app", "outer"));
  }
}
