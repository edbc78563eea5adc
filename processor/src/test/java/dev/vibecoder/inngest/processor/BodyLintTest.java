package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What handlers and steps do is told at the very expression, and nothing else is. */
class BodyLintTest {
  private static final String IMPORTS =
      "package app;\n"
          + "import dev.vibecoder.inngest.*;\n"
          + "import dev.vibecoder.inngest.annotation.*;\n"
          + "import java.io.*; import java.nio.file.*; import java.time.*; import java.util.*;\n"
          + "import java.util.concurrent.*; import java.util.concurrent.atomic.*;\n";
  private static final String DATA =
      IMPORTS + "@InngestEvent(\"a/done\")\npublic record Data(String name, int count) {}\n";

  /** Some functions here send what starts them: that is another doubt, of another test. */
  private static final String CIRCLES = "@SuppressWarnings(\"inngest:event-cycle\")\n";

  private static final String HEAD = "@InngestFunction(id = \"f\", event = \"a/done\")\n";

  private static Compiled compile(List<String> options, String members) {
    return Compiled.of(
        Stream.concat(Stream.of("-Xlint:all,-processing"), options.stream()).toList(),
        DATA,
        IMPORTS + HEAD + "public class F {\n" + members + "\n}\n");
  }

  private static Compiled handler(String body) {
    return compile(List.of(), handlerMembers(body));
  }

  private static String handlerMembers(String body) {
    return "@Handler public void run(DoneEvent event, Steps step, FunctionContext context)"
        + " throws Exception {\n"
        + body
        + "\n}\n"
        + "@Step String charge(String item) { return item; }\n"
        + "@Step void log() {}";
  }

  /**
   * Doubtful code.
   *
   * @param at what stands where the warning points to
   */
  private record Doubt(String code, String at, String text, String members) {
    @Override
    public String toString() {
      return code + ": " + members;
    }
  }

  private static Doubt inHandler(String code, String at, String text, String body) {
    return new Doubt(
        code,
        at,
        text,
        "@Handler public void run(DoneEvent event, Steps step) throws Exception {\n"
            + body
            + "\n}\n@Step String charge(String item) { return item; }");
  }

  private static Doubt clock(String call, String body) {
    return inHandler(
        "clock-in-handler",
        call.replaceAll("\\.\\w+\\(\\)$", "."),
        call
            + " is called outside a step: it gives another time whenever the function is called"
            + " again. Read the clock in a step, or use FunctionContext.startedAt().",
        body);
  }

  private static Doubt io(String at, String call, String body) {
    return inHandler(
        "io-in-handler",
        at,
        call
            + " is called outside a step: it is done again whenever the function is called again."
            + " Do it in a step.",
        body);
  }

  private static Doubt thread(String at, String call, String body) {
    return inHandler(
        "thread-in-handler",
        at,
        call
            + " is called outside a step: it does work beside the run: it is done again whenever"
            + " the function is called again, and steps are not possible in it. Do it in a step.",
        body);
  }

  private static Doubt random(String at, String call, String body) {
    return inHandler(
        "random-in-handler",
        at,
        call
            + " is called outside a step: it gives another value whenever the function is called"
            + " again. Make the value in a step.",
        body);
  }

  private static Doubt nested(String at, String step, String through, String members) {
    return new Doubt(
        "nested-step",
        at,
        "The step "
            + step
            + " is called inside a step"
            + through
            + ". Call it from the handler, and hand its result to this step; here it is an error"
            + " when it runs.",
        members);
  }

  private static Doubt elsewhere(String at, String through, String body) {
    return inHandler(
        "step-elsewhere",
        at,
        "The step charge is called"
            + through
            + " in code that another thread may run. Call steps on the thread of the handler: a run"
            + " is bound to it.",
        body);
  }

  private static Doubt state(String at, String what, String members) {
    return new Doubt(
        "state-in-step",
        at,
        "A step changes "
            + what
            + ": in the next call of the function the step is not run again. Return the value from"
            + " the step instead.",
        members);
  }

  private static Doubt around(String at, String what, String fix, String body) {
    return inHandler(
        "finally-around-steps", at, what + " whenever the function is called again. " + fix, body);
  }

  static Stream<Doubt> doubts() {
    String swallowed =
        " is caught around the step charge: so is the Error by which a step leaves the function."
            + " Catch Exception, or throw it again.";
    return Stream.of(
        clock("Instant.now()", "var now = Instant.now();"),
        clock("LocalDate.now()", "if (LocalDate.now().getDayOfWeek() == DayOfWeek.MONDAY) {\n}"),
        clock("System.currentTimeMillis()", "long now = 1 + System.currentTimeMillis();"),
        clock("System.nanoTime()", "step.sleep(Duration.ofNanos(System.nanoTime()));"),
        clock("new Date()", "charge(\"\" + new Date());"),
        clock("Instant.now()", "String s = Optional.of(\"\").map(x -> x + Instant.now()).get();"),
        clock("Instant.now()", "helper();\n}\nprivate void helper() { Instant.now();"),
        random("Math.", "Math.random()", "double d = Math.random();"),
        random("new Random()", "new Random()", "int i = new Random().nextInt();"),
        random(
            "ThreadLocalRandom.",
            "ThreadLocalRandom.current()",
            "int i = ThreadLocalRandom.current().nextInt();"),
        random(
            "new java.security.SecureRandom()",
            "new SecureRandom()",
            "Object o = new java.security.SecureRandom();"),
        random(
            "random.",
            "random.nextInt()",
            "random.nextInt();\n}\nprivate final Random random = new Random(1);\nvoid x() {"),
        inHandler(
            "uuid-in-handler",
            "UUID.",
            "UUID.randomUUID() is called outside a step: it gives another id whenever the function"
                + " is called again. Use FunctionContext.uuid(name), or make it in a step.",
            "charge(UUID.randomUUID().toString());"),
        inHandler(
            "uuid-in-handler",
            "UUID::randomUUID",
            "UUID.randomUUID() is called outside a step: it gives another id whenever the function"
                + " is called again. Use FunctionContext.uuid(name), or make it in a step.",
            "Object id = Optional.<UUID>empty().orElseGet(UUID::randomUUID);"),
        thread("new Thread(", "new Thread()", "new Thread(() -> {});"),
        thread("t.", "t.start()", "Thread t = null;\nt.start();"),
        thread(
            "Executors.",
            "Executors.newCachedThreadPool()",
            "Object pool = Executors.newCachedThreadPool();"),
        thread(
            "CompletableFuture.",
            "CompletableFuture.supplyAsync()",
            "Object f = CompletableFuture.supplyAsync(() -> 1);"),
        inHandler(
            "thread-in-handler",
            "Thread.",
            "Thread.sleep() is called outside a step: it holds the thread whenever the function is"
                + " called again. Use Steps.sleep(...).",
            "Thread.sleep(10);"),
        inHandler(
            "environment-in-handler",
            "System.",
            "System.getenv() is called outside a step: it may give something else when the function"
                + " is called again in another process. Read it in a step, or hand it to the"
                + " constructor.",
            "String home = System.getenv(\"HOME\");"),
        io("Files.", "Files.readString()", "String s = Files.readString(Path.of(\"x\"));"),
        io(
            "new FileInputStream",
            "new FileInputStream()",
            "int b = new FileInputStream(\"x\").read();"),
        io(
            "source.",
            "source.getConnection()",
            "javax.sql.DataSource source = null;\nObject c = source.getConnection();"),
        io(
            "client.",
            "client.send()",
            "java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient();\n"
                + "Object r = client.send(null, null);"),
        inHandler(
            "send-in-handler",
            "InngestEvents.",
            "sendDoneEvent is called outside a step: the event is sent again whenever the function"
                + " is called again. Use Steps.send(...), which sends it once.",
            "InngestEvents.sendDoneEvent(event.data());"),
        inHandler(
            "send-in-handler",
            "Inngest.",
            "send is called outside a step: the event is sent again whenever the function is called"
                + " again. Use Steps.send(...), which sends it once.",
            "Inngest.getDefault().send(event);"),
        nested("two(", "two", "", "@Step void one() {\ntwo(); }\n@Step void two() {}"),
        nested(
            "help(",
            "two",
            " through help",
            "@Step void one() {\nhelp(); }\n@Step void two() {}\nvoid help() { two(); }"),
        nested(
            "this::two",
            "two",
            "",
            "@Step String one() {\nreturn List.of(\"a\").stream().map(this::two).toList().get(0);"
                + " }\n@Step String two(String one) { return one; }"),
        nested(
            "charge(",
            "charge",
            "",
            inHandler("", "", "", "step.run(\"x\", () -> {\ncharge(\"a\"); });").members()),
        nested(
            "step.",
            "Steps.sleep",
            "",
            inHandler("", "", "", "step.run(\"x\", () -> {\nstep.sleep(Duration.ofDays(1)); });")
                .members()),
        elsewhere("charge(", "", "List.of(\"a\").parallelStream().forEach(i -> {\ncharge(i); });"),
        elsewhere(
            "this::charge", "", "List.of(\"a\").stream().parallel().map(this::charge).toList();"),
        elsewhere(
            "helper(",
            " through helper",
            "List.of(\"a\").parallelStream().forEach(i -> {\nhelper(i); });\n}\n"
                + "private void helper(String i) { charge(i);"),
        inHandler(
            "catch-throwable",
            "Throwable e",
            "Throwable" + swallowed,
            "try {\ncharge(\"a\"); } catch (Throwable e) { }"),
        inHandler(
            "catch-throwable",
            "Error e",
            "Error" + swallowed,
            "try {\nhelper(); } catch (RuntimeException | Error e) { }\n}\n"
                + "private void helper() { charge(\"b\");"),
        around(
            "lock.",
            "A finally block around the step charge does something: it is run",
            "Do it in a step after the try.",
            "var lock = new locks.ReentrantLock();\n"
                    .replace("locks.", "java.util.concurrent.locks.")
                + "try { charge(\"a\"); } finally {\nlock.unlock(); }"),
        around(
            "r = new StringReader",
            "A resource is open around the step charge: it is opened and closed",
            "Open it inside a step.",
            "try (StringReader r = new StringReader(\"\")) {\ncharge(\"a\" + r.read()); }"),
        state(
            "found.",
            "the variable found",
            inHandler(
                    "",
                    "",
                    "",
                    "List<String> found = new ArrayList<>();\n"
                        + "step.run(\"x\", () -> {\nfound.add(\"a\"); });")
                .members()),
        state(
            "holder",
            "the variable holder",
            inHandler(
                    "", "", "", "int[] holder = {0};\nstep.run(\"x\", () -> {\nholder[0] = 1; });")
                .members()),
        state("calls", "the field calls", "static int calls;\n@Step void one() {\ncalls++; }"));
  }

  /** Compiles functions with given members, the n-th in the class Fn. */
  private static Compiled all(List<String> members) {
    String[] sources = new String[members.size() + 1];
    sources[0] = DATA;
    for (int i = 0; i < members.size(); i++) {
      sources[i + 1] =
          IMPORTS
              + CIRCLES
              + "@InngestFunction(id = \"f"
              + i
              + "\", event = \"a/done\")\npublic class F"
              + i
              + " {\n"
              + members.get(i)
              + "\n}\n";
    }
    return Compiled.of(List.of("-Xlint:all,-processing"), sources);
  }

  @Test
  void eachDoubtIsOneWarningAtItsExpression() {
    List<Doubt> doubts = doubts().toList();
    Compiled compiled = all(doubts.stream().map(Doubt::members).toList());
    assertThat(compiled.errors()).isEmpty();
    for (int i = 0; i < doubts.size(); i++) {
      String file = "app/F" + i + ".java";
      assertThat(compiled.warnings().stream().filter(w -> w.file().equals(file)))
          .as("%s", doubts.get(i))
          .singleElement()
          .satisfies(check(doubts.get(i)));
    }
    assertThat(compiled.warnings()).hasSameSizeAs(doubts);
  }

  private static Consumer<Compiled.Message> check(Doubt doubt) {
    return warning -> {
      assertThat(warning.text()).isEqualTo("[inngest/" + doubt.code() + "] " + doubt.text());
      assertThat(warning.at()).startsWith(doubt.at());
    };
  }

  @Test
  void theLevelMakesThemErrorsOrNothing() {
    String members = doubts().findFirst().orElseThrow().members();
    Compiled errors = compile(List.of("-Ainngest.lint=error"), members);
    assertThat(errors.success()).isFalse();
    assertThat(errors.errors())
        .extracting(Compiled.Message::text)
        .satisfiesExactly(text -> assertThat(text).startsWith("[inngest/clock-in-handler]"));
    Compiled off = compile(List.of("-Ainngest.lint=off"), members);
    assertThat(off.success()).isTrue();
    assertThat(off.warnings()).isEmpty();
    assertThat(compile(List.of("-Ainngest.lint=of"), members).errors())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/unknown-option] The option -Ainngest.lint is \"of\". It is off, warn or"
                + " error.");
  }

  @Test
  void warningsFailABuildThatWantsNone() {
    Compiled compiled = compile(List.of("-Werror"), doubts().findFirst().orElseThrow().members());
    assertThat(compiled.success()).isFalse();
  }

  @Test
  void whatIsMeantIsSaidOnTheMethodTheClassOrTheVariable() {
    String code = "@SuppressWarnings(\"inngest:clock-in-handler\") ";
    assertThat(handler(code + "var now = Instant.now();").warnings()).isEmpty();
    assertThat(compile(List.of(), code + "@Handler void run() { Instant.now(); }").warnings())
        .isEmpty();
    assertThat(
            compile(
                    List.of(),
                    "@Handler void run() { help(); }\n"
                        + "@SuppressWarnings({\"unused\", \"inngest:clock-in-handler\"})\n"
                        + "private void help() { Instant.now(); }")
                .warnings())
        .isEmpty();
    assertThat(
            Compiled.of(
                    DATA,
                    IMPORTS + HEAD + code + "class F { @Handler void run() { Instant.now(); } }")
                .warnings())
        .isEmpty();
    assertThat(
            handler("@SuppressWarnings(\"inngest:random-in-handler\") var now = Instant.now();")
                .warnings())
        .hasSize(1);
  }

  @Test
  void goodCodeIsNotDoubted() {
    List<String> bodies =
        List.of(
            "step.run(\"x\", () -> { Instant.now(); UUID.randomUUID(); System.getenv(); });",
            "String s = step.run(\"x\", String.class, () -> Files.readString(Path.of(\"x\")));",
            "for (String item : List.of(\"a\", \"b\")) { charge(item); step.sleep(Duration.ZERO);"
                + " }",
            "List.of(\"a\").forEach(this::charge);",
            "List.of(\"a\").stream().map(item -> charge(item)).toList();",
            "try { charge(\"a\"); } catch (Exception e) { context.logger().info(\"\", e); }",
            "try { charge(\"a\"); } catch (Throwable e) { throw e; }",
            "try { charge(\"a\"); } finally { log(); context.logger().info(\"\"); }",
            "try (StringReader r = new StringReader(\"\")) { r.read(); } finally { event.name(); }",
            "int i = new Random(42).nextInt();",
            "Instant then = context.startedAt(); UUID id = context.uuid(\"a\");",
            "List<String> all = new ArrayList<>(); all.add(charge(\"a\"));",
            "step.run(\"x\", () -> { List<String> own = new ArrayList<>(); own.add(\"a\"); });",
            "Callable<Instant> later = () -> Instant.now(); step.run(\"x\", Instant.class, later);",
            "step.send(DoneEvent.of(event.data()));",
            "step.run(\"x\", () -> { InngestEvents.sendDoneEvent(event.data()); });",
            "step.parallel(() -> charge(\"a\"), () -> charge(\"b\"));",
            "step.forEach(List.of(\"a\"), i -> i, i -> charge(i));",
            "step.independent().parallel(() -> log(), () -> step.run(\"x\", () -> Instant.now()));",
            "step.saga(undo -> { charge(\"a\"); undo.step(() -> { Instant.now(); }); return 1; });",
            "step.ai().wrap(\"x\", String.class, () -> Instant.now().toString());",
            "int[] sum = {0}; List.of(1).forEach(i -> sum[0] += i);",
            "new Object() { void x() { Instant.now(); } };",
            "Date d = new Date(0); Instant parsed = Instant.parse(\"2026-01-01T00:00:00Z\");");
    List<String> members =
        new ArrayList<>(bodies.stream().map(BodyLintTest::handlerMembers).toList());
    members.add(
        "private final Map<String, String> cache = new ConcurrentHashMap<>();\n"
            + "@Step void one() { Instant.now(); help(); cache.put(\"a\", \"b\"); }\n"
            + "@Step void two() { int i = 0; i++; try { help(); } finally { help(); } }\n"
            + "private static void help() { UUID.randomUUID(); }\n"
            + "void unused() { Instant.now(); }");
    Compiled compiled = all(members);
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.warnings()).isEmpty();
  }

  @Test
  void failureHandlersAndClassesWithoutFunctionAreLookedAtAsWell() {
    Compiled compiled =
        Compiled.of(
            DATA,
            IMPORTS
                + "abstract class Base { @Handler void run() { Instant.now(); charge(); }\n"
                + "@Step void charge() {} }",
            IMPORTS
                + HEAD
                + "class F extends Base {\n"
                + "@OnFailure void failed() { Instant.now(); }\n"
                + "@Step void own() { charge(); } }");
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.warnings())
        .extracting(w -> w.file() + " " + w.text().replaceAll("].*", "]"))
        .containsExactlyInAnyOrder(
            "app/Base.java [inngest/clock-in-handler]",
            "app/F.java [inngest/clock-in-handler]",
            "app/F.java [inngest/nested-step]");
  }

  @Test
  void twoDoubtsOfOneLineAreToldApart() {
    Compiled compiled =
        handler("charge(Instant.now() + \"\" + UUID.randomUUID() + Instant.now());");
    assertThat(compiled.warnings()).hasSize(3);
    assertThat(compiled.warnings().stream().map(Compiled.Message::at).distinct()).hasSize(3);
  }

  @Test
  void anErrorOfTheCompilerIsNotFollowedByNoise() {
    Compiled compiled = handler("nope(Missing.now(), step.nope(), this.what);");
    assertThat(compiled.errors()).isNotEmpty();
    assertThat(compiled.errors()).noneMatch(error -> error.text().contains("inngest/"));
    assertThat(compiled.warnings()).isEmpty();
    assertThat(compiled.success()).isFalse();
  }

  private static Compiled waiting(String wait) {
    return Compiled.of(
        List.of("-Xlint:all,-processing"),
        DATA,
        IMPORTS
            + "@InngestEvent(value = \"a/paid\", external = true)\npublic record Paid(String name, int total) {}\n",
        IMPORTS
            + HEAD
            + "public class F {\n"
            + "  static final String MANY = \"async.data.total\";\n"
            + "  @Handler public void run(DoneEvent event, Steps step) {\n"
            + "    var day = Wait.atMost(Duration.ofDays(1));\n"
            + "    "
            + wait
            + "\n  }\n}\n");
  }

  @Test
  void whatAWaitWantsIsCheckedAgainstBothEvents() {
    Compiled wrong =
        waiting(
            "step.waitForEvent(PaidEvent.TYPE,"
                + " Wait.atMost(Duration.ofDays(1)).when(\"async.data.totl >"
                + " event.data.count\"));");
    assertThat(wrong.errors()).hasSize(1);
    Compiled.Message error = wrong.errors().get(0);
    assertThat(error.text().replace("\n  ", "\n"))
        .isEqualTo(
            "[inngest/expression-field] async.data (Paid) has no field \"totl\". Did you mean"
                + " \"total\"? Its fields are name, total.\n"
                + "    async.data.totl > event.data.count\n"
                + "               ^");
    assertThat(error.at()).startsWith("\"async.data.totl");
    assertThat(error.line()).isEqualTo(11);
    assertThat(wrong.warnings()).isEmpty();
  }

  @Test
  void everyPartOfAWaitIsCheckedOnceWhereTheCompilerKnowsIt() {
    Compiled wrong =
        waiting(
            "step.waitForEvent(\"paid\", PaidEvent.TYPE,"
                + " day.match(\"data.nme\").when(MANY + \" > 'x'\"));");
    assertThat(wrong.errors())
        .extracting(error -> error.text().replaceAll("(?s)\\. .*", ""), Compiled.Message::line)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "[inngest/match-path] data of \"a/done\" has no field \"nme\"", 11L),
            org.assertj.core.groups.Tuple.tuple(
                "[inngest/expression-operand] async.data.total is a number and 'x' is a text: >"
                    + " fails",
                11L));
  }

  @Test
  void aWaitThatCanWorkIsNotToldOf() {
    for (String wait :
        List.of(
            "step.waitForEvent(PaidEvent.TYPE, day.match(\"data.name\").when(MANY + \" > 100\"));",
            "step.waitForEvent(PaidEvent.TYPE, day);",
            "String unknown = event.data().name();\n"
                + "step.waitForEvent(PaidEvent.TYPE, day.when(\"async.data.x == '\" + unknown +"
                + " \"'\"));",
            "EventType<? extends Event<?>> any = PaidEvent.TYPE;\n"
                + "step.waitForEvent(any, day.when(\"async.data.whatever == 1\"));")) {
      Compiled compiled = waiting(wait);
      assertThat(compiled.errors()).as(wait).isEmpty();
      assertThat(compiled.warnings()).as(wait).isEmpty();
    }
  }

  @Test
  void anIdThatIsWrittenOutIsNoStepsId() {
    for (String call :
        List.of(
            "step.run(«\"charge\", () -> {});",
            "String paid = step.run(«(\"char\" + \"ge\"), String.class, () -> \"\");",
            "step.sleep(«CHARGE, Duration.ofDays(1));",
            "step.sleepUntil(«\"charge\", time);",
            "step.waitForEvent(«\"charge\", DoneEvent.TYPE, Wait.atMost(Duration.ofDays(1)));",
            "step.invoke(«\"charge\", FunctionRef.of(\"x\", TypeRef.of(Integer.class)), event.data());",
            "step.send(«\"charge\", DoneEvent.of(event.data()));",
            "waitABit(step); } void waitABit(Steps step) { step.sleep(«\"charge\","
                + " Duration.ofDays(1));")) {
      Compiled wrong = literals(call.replace("«", ""));
      String method = call.replaceAll(".*step\\.(\\w+)\\(«.*", "$1");
      assertThat(wrong.errors())
          .extracting(Compiled.Message::text)
          .as(call)
          .containsExactly(
              "[inngest/duplicate-step-id] Steps."
                  + method
                  + " and step charge have the same id \"charge\". Give one of them another id: the"
                  + " result of one would be taken for the other's.");
      assertThat(wrong.errors().get(0).at())
          .as(call)
          .startsWith(call.replaceAll(".*«(\\(?[\"\\w]+).*", "$1"));
    }
  }

  @Test
  void anIdThatIsUsedAgainAndAgainIsMeant() {
    for (String call :
        List.of(
            "for (int i = 0; i < 3; i++) { step.sleep(\"nap\", Duration.ofDays(1)); }\n"
                + "step.sleep(\"nap\", Duration.ofDays(1));",
            "step.run(event.data().name(), () -> {});",
            "charge(\"charge\");",
            "var map = new HashMap<String, String>(); map.put(\"charge\", \"charge\");")) {
      Compiled right = literals(call);
      assertThat(right.errors()).as(call).isEmpty();
      assertThat(right.warnings()).as(call).isEmpty();
    }
  }

  private static Compiled literals(String call) {
    return compile(
        List.of(),
        "static final String CHARGE = \"charge\";\n"
            + "static final Instant time = Instant.EPOCH;\n"
            + "@SuppressWarnings({\"unused\", \"inngest:event-cycle\"})\n"
            + "@Handler public void run(DoneEvent event, Steps step) {\n"
            + call
            + "\n}\n@Step String charge(String item) { return item; }");
  }
}
