package dev.vibecoder.inngest.processor;

import static dev.vibecoder.inngest.processor.Calls.memo;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever starts a function, its code is handed what it asks for. */
class StartsTest {
  private static final String IMPORTS =
      "package shop;\n"
          + "import com.fasterxml.jackson.databind.JsonNode;\n"
          + "import dev.vibecoder.inngest.*;\n"
          + "import dev.vibecoder.inngest.annotation.*;\n"
          + "import java.util.*;\n";
  private static final List<String> PAYLOADS =
      List.of(
          IMPORTS + "@InngestEvent(\"shop/order\") public record Order(String id, int total) {}",
          IMPORTS + "public sealed interface Parcel permits Sent, Lost { String getNumber(); }",
          IMPORTS
              + "@InngestEvent(\"parcel/sent\") public record Sent(String number) implements Parcel\n"
              + "  { public String getNumber() { return number; } }",
          IMPORTS
              + "@InngestEvent(\"parcel/lost\") public record Lost(String number) implements Parcel\n"
              + "  { public String getNumber() { return number; } }");
  private static final String ORDER =
      "{\"name\":\"shop/order\",\"id\":\"e1\",\"ts\":1,\"data\":{\"id\":\"A\",\"total\":2}}";
  private static final String OTHER =
      "{\"name\":\"shop/order\",\"id\":\"e2\",\"ts\":2,\"data\":{\"id\":\"B\",\"total\":3}}";
  private static final String SENT =
      "{\"name\":\"parcel/sent\",\"id\":\"e3\",\"ts\":3,\"data\":{\"number\":\"S1\"}}";
  private static final String LOST =
      "{\"name\":\"parcel/lost\",\"id\":\"e4\",\"ts\":4,\"data\":{\"number\":\"L1\"}}";
  private static final String TICK =
      "{\"name\":\"inngest/scheduled.timer\",\"id\":\"t\",\"ts\":5,"
          + "\"data\":{\"cron\":\"0 3 * * *\"}}";
  private static final String INVOCATION =
      "{\"name\":\"inngest/function.invoked\",\"id\":\"i\",\"ts\":6,\"data\":";

  private static Compiled compile(String... sources) {
    Compiled compiled =
        Compiled.of(
            List.of("-Xlint:all,-processing", "-Werror"),
            Stream.concat(PAYLOADS.stream(), Stream.of(sources).map(source -> IMPORTS + source))
                .toArray(String[]::new));
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.warnings()).isEmpty();
    return compiled;
  }

  private static Calls calls(String function, String... events) throws Exception {
    return Calls.of(compile(function), "shop.FFunction", events);
  }

  @Test
  void aScheduleHandsOverItsEvent() throws Exception {
    String function =
        "@InngestFunction(id = \"f\", cron = \"0 3 * * *\") class F {\n"
            + "  @Handler String run(CronEvent event, CronEvent.Schedule schedule) {\n"
            + "    return event.name() + \" \" + schedule.cron(); } }";
    assertThat(calls(function, TICK).with()).isEqualTo("\"inngest/scheduled.timer 0 3 * * *\"");
  }

  @Test
  void theStepsOfAScheduledFunctionTakeWhatTheEventSays() throws Exception {
    String function =
        "@InngestFunction(id = \"f\") @Cron(value = \"0 3 * * *\", jitter = \"1m\") class F {\n"
            + "  @Step String load(String cron, CronEvent event) { return cron + event.data().cron(); } }";
    assertThat(calls(function, TICK).with()).contains("\"data\":\"0 3 * * *0 3 * * *\"");
  }

  @Test
  void aBatchHandsOverAllEventsAndPayloads() throws Exception {
    String function =
        "@InngestFunction(id = \"f\", on = Order.class) @Batch(maxSize = 10, timeout = \"5s\")\n"
            + "class F { @Handler String run(List<OrderEvent> events, List<Order> orders, Steps s) {\n"
            + "    return events.get(1).id() + orders.get(0).id() + orders.size(); } }";
    assertThat(calls(function, ORDER, OTHER).with()).isEqualTo("\"e2A2\"");
  }

  @Test
  void theStepsOfABatchTakeAllPayloadsAndEarlierResults() throws Exception {
    String function =
        "@InngestFunction(id = \"f\", on = Order.class) @Batch(maxSize = 10, timeout = \"5s\")\n"
            + "class F { @Step int sum(List<Order> orders) {\n"
            + "    return orders.stream().mapToInt(Order::total).sum(); }\n"
            + "  @Step String tell(int sum, List<OrderEvent> events) { return sum + events.get(0).id(); } }";
    Calls calls = calls(function, ORDER, OTHER);
    assertThat(calls.with()).contains("\"data\":5");
    assertThat(calls.with(memo("sum", "5"))).contains("\"data\":\"5e1\"");
  }

  @Test
  void aBatchOfSeveralEventsHandsOverWhatTheirPayloadsShare() throws Exception {
    String function =
        "@InngestFunction(id = \"f\", on = Parcel.class) @Batch(maxSize = 10, timeout = \"5s\")\n"
            + "class F { @Handler String run(List<Parcel> parcels, List<? extends Event<?>> events) {\n"
            + "    return parcels.get(0).getNumber() + parcels.get(1).getNumber()\n"
            + "        + (events.get(1) instanceof LostEvent); } }";
    assertThat(calls(function, SENT, LOST).with()).isEqualTo("\"S1L1true\"");
  }

  @Test
  void aSealedPayloadStandsForAllItsEvents() throws Exception {
    String function =
        "@InngestFunction(id = \"f\", on = Parcel.class) class F {\n"
            + "  @Step String a(Parcel parcel, String number, Event<?> event) {\n"
            + "    return parcel.getNumber() + number + event.id(); } }";
    assertThat(calls(function, SENT).with()).contains("\"data\":\"S1S1e3\"");
    assertThat(calls(function, LOST).with()).contains("\"data\":\"L1L1e4\"");
  }

  @Test
  void whatSeveralEventsShareMayBeInvoked() throws Exception {
    String shapes =
        "@com.fasterxml.jackson.annotation.JsonTypeInfo(\n"
            + "    use = com.fasterxml.jackson.annotation.JsonTypeInfo.Id.NAME, property = \"kind\")\n"
            + "@com.fasterxml.jackson.annotation.JsonSubTypes({\n"
            + "  @com.fasterxml.jackson.annotation.JsonSubTypes.Type(value = Round.class, name = \"round\"),\n"
            + "  @com.fasterxml.jackson.annotation.JsonSubTypes.Type(value = Flat.class, name = \"flat\")})\n"
            + "public sealed interface Shape permits Round, Flat { int size(); }";
    String round =
        "@InngestEvent(\"shape/round\") public record Round(int size) implements Shape {}";
    String flat = "@InngestEvent(\"shape/flat\") public record Flat(int size) implements Shape {}";
    String reads =
        "{ @Step String a(Shape shape, Event<?> event) {\n"
            + "    return shape.getClass().getSimpleName() + shape.size() + event.name(); } }";
    for (String triggers :
        List.of(
            "@InngestFunction(id = \"f\", on = Shape.class) class F ",
            "@InngestFunction(id = \"f\") @Trigger(on = Round.class, when = \"event.data.size > 1\")\n"
                + "@Trigger(on = Flat.class) class F ")) {
      Compiled compiled = compile(shapes, round, flat, triggers + reads);
      Calls invoked =
          Calls.of(compiled, "shop.FFunction", INVOCATION + "{\"kind\":\"flat\",\"size\":3}}");
      assertThat(invoked.with()).contains("\"data\":\"Flat3inngest/function.invoked\"");
      assertThat(invoked.function().triggers()).hasSize(2);
    }
  }

  @Test
  void whatCannotBeToldApartIsAnErrorThatSaysSo() throws Exception {
    String function =
        "@InngestFunction(id = \"f\", on = Parcel.class) class F {\n"
            + "  @Step String a(Parcel parcel) { return parcel.getNumber(); } }";
    assertThat(calls(function, INVOCATION + "{\"number\":\"N1\"}}").with())
        .contains("inngest/function.invoked", "cannot be read as shop.Parcel")
        .doesNotContain("ClassCastException");
    // Who reads no payload takes whatever comes.
    String any =
        "@InngestFunction(id = \"f\", on = Parcel.class) class F {\n"
            + "  @Handler String run(Event<?> event) { return event.name(); } }";
    assertThat(calls(any, INVOCATION + "{\"number\":\"N1\"}}").with())
        .isEqualTo("\"inngest/function.invoked\"");
  }

  @Test
  void severalTriggersOfOneEventHandOverThatEvent() throws Exception {
    String function =
        "@InngestFunction(id = \"f\") @Trigger(on = Order.class, when = \"event.data.total > 1\")\n"
            + "@Trigger(event = \"shop/order\", when = \"event.data.id == 'x'\") class F {\n"
            + "  @Step String a(OrderEvent event, Order order, int total) {\n"
            + "    return event.id() + order.id() + total; } }";
    assertThat(calls(function, ORDER).with()).contains("\"data\":\"e1A2\"");
  }

  @Test
  void eventsAndSchedulesTogetherAreToldApart() throws Exception {
    String function =
        "@InngestFunction(id = \"f\", on = Order.class, cron = \"0 3 * * *\") class F {\n"
            + "  @Handler String run(Event<?> event) {\n"
            + "    if (event instanceof OrderEvent order) { return order.data().id(); }\n"
            + "    return event instanceof CronEvent cron ? cron.data().cron() : event.name(); }\n"
            + "  @OnFailure void failed(FunctionFailure<Event<?>> failure) {} }";
    Compiled compiled = compile(function);
    assertThat(Calls.of(compiled, "shop.FFunction", ORDER).with()).isEqualTo("\"A\"");
    assertThat(Calls.of(compiled, "shop.FFunction", TICK).with()).isEqualTo("\"0 3 * * *\"");
  }

  @Test
  void aPatternHandsOverTheEventAsItCame() throws Exception {
    String function =
        "@InngestFunction(id = \"f\") @Trigger(event = \"shop/*\", when = \"event.data.total > 1\")\n"
            + "@Trigger(event = \"shop/*\", when = \"event.data.id == 'x'\") class F {\n"
            + "  @Step String a(JsonEvent event, JsonNode data) {\n"
            + "    return event.name() + data.path(\"id\").asText(); } }";
    assertThat(calls(function, ORDER).with()).contains("\"data\":\"shop/orderA\"");
  }

  @Test
  void severalPatternsShareTheirJson() throws Exception {
    String function =
        "@InngestFunction(id = \"f\", event = {\"shop/*\", \"other/x\"}) class F {\n"
            + "  @Handler String run(JsonNode data, Event<?> event) {\n"
            + "    return data.path(\"id\").asText() + (event instanceof XEvent); } }";
    assertThat(calls(function, ORDER).with()).isEqualTo("\"Afalse\"");
    assertThat(calls(function, "{\"name\":\"other/x\",\"data\":{\"id\":\"Z\"}}").with())
        .isEqualTo("\"Ztrue\"");
  }

  @Test
  void aFunctionWithoutTriggersTakesWhatItIsInvokedWith() throws Exception {
    String function =
        "@InngestFunction(id = \"f\") public class F {\n"
            + "  public record Question(String text, List<String> hints) {}\n"
            + "  @Handler String run(Question question, Steps steps, FunctionContext context) {\n"
            + "    return question.text() + question.hints(); } }\n"
            + "class Uses { FunctionRef<F.Question, String> f = InngestFunctions.F; }";
    assertThat(calls(function, INVOCATION + "{\"text\":\"t\",\"hints\":[\"h\"]}}").with())
        .isEqualTo("\"t[h]\"");
  }

  @Test
  void whatAFunctionIsInvokedWithMayBeSaidByTheEvent() throws Exception {
    String function =
        "@InngestFunction(id = \"f\") public class F {\n"
            + "  @Step int size(InvokedEvent<Map<String, List<Integer>>> event) {\n"
            + "    return event.data().get(\"a\").get(0) + 1; }\n"
            + "  @OnFailure void failed(\n"
            + "      FunctionFailure<InvokedEvent<Map<String, List<Integer>>>> failure) {} }\n"
            + "class Uses { FunctionRef<Map<String, List<Integer>>, Integer> f = InngestFunctions.F; }";
    assertThat(calls(function, INVOCATION + "{\"a\":[41]}}").with()).contains("\"data\":42");
  }

  @Test
  void aPayloadOfAnEventMayBeWhatAFunctionIsInvokedWith() throws Exception {
    String function =
        "@InngestFunction(id = \"f\") public class F {\n"
            + "  @Step String id(InvokedEvent<Order> event, Order order, int total) {\n"
            + "    return event.data().id() + order.id() + total; } }";
    assertThat(calls(function, INVOCATION + "{\"id\":\"A\",\"total\":7}}").with())
        .contains("\"data\":\"AA7\"");
  }

  @Test
  void aCancelledRunIsHandled() throws Exception {
    Compiled compiled =
        compile(
            "@InngestFunction(id = \"f\", on = Order.class) class F {\n"
                + "  @Step void a() {}\n"
                + "  @OnCancelled String cancelled(\n"
                + "      Steps steps, FunctionCancellation<OrderEvent> run, FunctionContext context) {\n"
                + "    return undo(run.event().data()) + run.runId() + context.functionId(); }\n"
                + "  @Step String undo(Order order) { return \"undone \" + order.id(); } }");
    Calls calls =
        Calls.companion(
            compiled,
            "shop.FFunction",
            "-cancelled",
            "{\"name\":\"inngest/function.cancelled\",\"data\":{\"function_id\":\"a-f\","
                + "\"run_id\":\"R\",\"event\":"
                + ORDER
                + "}}");
    assertThat(calls.with()).contains("\"data\":\"undone A\"");
    assertThat(calls.with(memo("undo", "\"x\""))).isEqualTo("\"xRf-cancelled\"");
  }

  @Test
  void whatAFunctionIsCalledWithFollowsFromWhatStartsIt() {
    compile(
        "@InngestFunction(id = \"a\", cron = \"0 3 * * *\") public class A { @Step void a() {} }",
        "@InngestFunction(id = \"b\", on = Order.class) @Batch(maxSize = 2, timeout = \"1s\")\n"
            + "public class B { @Step int a() { return 1; } }",
        "@InngestFunction(id = \"c\", on = Parcel.class) public class C { @Step void a() {} }",
        "@InngestFunction(id = \"d\", event = \"x/*\") public class D { @Step void a() {} }",
        "class Uses { FunctionRef<CronEvent.Schedule, Void> a = InngestFunctions.A;\n"
            + "  FunctionRef<Order, Integer> b = InngestFunctions.B;\n"
            + "  FunctionRef<JsonNode, Void> c = InngestFunctions.C;\n"
            + "  FunctionRef<JsonNode, Void> d = InngestFunctions.D; }");
  }

  @Test
  void dependenciesMayBeCalledLikeTheOptions() {
    compile(
        "@InngestFunction(id = \"f\", event = \"shop/*\", cron = \"0 3 * * *\")\n"
            + "@Trigger(event = \"shop/*\", when = \"event.data.a == 1\")\n"
            + "@Concurrency(limit = 1, scope = Scope.ENV, key = \"'a'\")\n"
            + "@Throttle(limit = 1, period = \"1s\") @Debounce(period = \"1s\")\n"
            + "@RateLimit(limit = 1, period = \"1s\") @Singleton @Timeouts(start = \"1s\")\n"
            + "@CancelOn(on = Order.class, match = \"data.id\") @Checkpoint\n"
            + "public class F { F(int Trigger, int Concurrency, int Scope, int Throttle, int Debounce,\n"
            + "    int RateLimit, int Singleton, int Mode, int Timeouts, int CancelOn, int OrderEvent,\n"
            + "    int Checkpoint, int Duration, int CronEvent, int EventType, int pattern) {}\n"
            + "  @Handler void run(Event<?> event) {}\n"
            + "  @OnFailure(retries = 1) void failed(FunctionFailure<?> f) {} }");
  }

  @Test
  void aPackageMayHaveClassesThatAreCalledLikeTheOptions() {
    compile(
        "class Concurrency {}",
        "class Duration {}",
        "class Scope {}",
        "class Trigger {}",
        "@InngestFunction(id = \"f\", on = Order.class)\n"
            + "@dev.vibecoder.inngest.annotation.Concurrency(limit = 1, key = \"'a'\",\n"
            + "    scope = dev.vibecoder.inngest.annotation.Scope.ENV)\n"
            + "@dev.vibecoder.inngest.annotation.Trigger(event = \"a/b\", when = \"event.data.x\")\n"
            + "@Throttle(limit = 1, period = \"1ms1s\")\n"
            + "public class F { F(Concurrency a, Duration b, Scope c, Trigger d) {}\n"
            + "  @Handler void run(Event<?> event) {} }");
  }

  @Test
  void aMapMayBeWhatAFunctionIsInvokedWith() throws Exception {
    String function =
        "@InngestFunction(id = \"f\") public class F {\n"
            + "  @Handler int run(Map<String, List<Integer>> in) { return in.get(\"a\").get(0); } }\n"
            + "class Uses { FunctionRef<Map<String, List<Integer>>, Integer> f = InngestFunctions.F; }";
    assertThat(calls(function, INVOCATION + "{\"a\":[41]}}").with()).isEqualTo("41");
  }

  @Test
  void whoDoesNotLookIntoAnEventNeedNotSayWhichItIs() throws Exception {
    for (String start :
        List.of(
            "on = Order.class",
            "event = \"shop/*\"",
            "on = Order.class, cron = \"0 3 * * *\"",
            "on = {Order.class, Sent.class}")) {
      String function =
          "@InngestFunction(id = \"f\", "
              + start
              + ") class F {\n"
              + "  @Handler String run(Event<?> event) { return event.name(); }\n"
              + "  @OnFailure void failed(FunctionFailure<?> failure) { failure.event().name(); }\n"
              + "  @OnCancelled void cancelled(FunctionCancellation<? extends Event<?>> run) {} }";
      assertThat(calls(function, ORDER).with()).as(start).isEqualTo("\"shop/order\"");
    }
    String batch =
        "@InngestFunction(id = \"f\", on = Order.class) @Batch(maxSize = 10, timeout = \"5s\")\n"
            + "class F { @Handler int run(List<? extends Event<?>> events) { return"
            + " events.size(); } }";
    assertThat(calls(batch, ORDER, OTHER).with()).isEqualTo("2");
  }

  @Test
  void aStepTakesAnyEventAsWell() throws Exception {
    String function =
        "@InngestFunction(id = \"f\", on = Order.class) class F {\n"
            + "  @Step String a(Event<?> event) { return event.name(); } }";
    assertThat(calls(function, ORDER).with()).contains("\"data\":\"shop/order\"");
  }
}
