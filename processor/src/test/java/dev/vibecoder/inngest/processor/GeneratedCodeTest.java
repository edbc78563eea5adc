package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.serve.ServeHandler;
import dev.vibecoder.inngest.serve.ServeRequest;
import dev.vibecoder.inngest.serve.ServeResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is generated does what the class says, and compiles without a warning. */
class GeneratedCodeTest {
  private static final String IMPORTS =
      "package shop;\n"
          + "import dev.vibecoder.inngest.*;\n"
          + "import dev.vibecoder.inngest.annotation.*;\n"
          + "import java.io.*;\n"
          + "import java.util.*;\n";
  private static final String DATA =
      IMPORTS
          + "@InngestEvent(\"shop/order.placed\")\n"
          + "public record Order(String id, int quantity, List<String> tags) {}\n";
  private static final String HEAD =
      "@InngestFunction(id = \"f\", event = \"shop/order.placed\")\n";
  private static final String EVENT =
      "{\"name\":\"shop/order.placed\",\"id\":\"e\",\"ts\":1,"
          + "\"data\":{\"id\":\"A-1\",\"quantity\":2,\"tags\":[\"x\"]}}";

  private static Compiled compile(String... sources) {
    Compiled compiled = Compiled.of(List.of("-Xlint:all,-processing", "-Werror"), sources);
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.warnings()).isEmpty();
    assertSameInEclipse(compiled, sources);
    return compiled;
  }

  /** Whichever compiler asks for it, what is generated is the same. */
  private static void assertSameInEclipse(Compiled javac, String... sources) {
    Compiled eclipse = Compiled.with(Compiled.Tool.ECJ, List.of(), sources);
    assertThat(eclipse.errors()).isEmpty();
    assertThat(eclipse.warnings()).isEmpty();
    assertThat(eclipse.generatedPaths()).isEqualTo(javac.generatedPaths());
    for (String path : javac.generatedPaths()) {
      assertThat(eclipse.generated(path)).isEqualTo(javac.generated(path));
    }
  }

  private static Compiled function(String body) {
    return compile(DATA, IMPORTS + HEAD + "public class F {\n" + body + "\n}");
  }

  private static ServeResponse call(Compiled compiled, String event, String steps)
      throws ReflectiveOperationException {
    Class<?> generated = compiled.load("shop.FFunction");
    return call((FunctionDefinition) generated.getMethod("define").invoke(null), event, steps);
  }

  private static ServeResponse call(FunctionDefinition definition, String event, String steps) {
    ServeHandler handler =
        ServeHandler.of(
            Inngest.of(InngestOptions.builder().variables(Map.of()).appId("a").dev(true).build()),
            FunctionRegistry.of(List.of(definition)));
    String body =
        "{\"ctx\":{\"run_id\":\"01M84MPWRVY58RVZDR0H3DZ9R5\",\"attempt\":0,\"max_attempts\":1},"
            + "\"event\":"
            + event
            + ",\"steps\":{"
            + steps
            + "},\"version\":2}";
    return handler.handle(
        new ServeRequest(
            "POST",
            URI.create("http://localhost/api/inngest?fnId=a-f&stepId=step"),
            Map.of(),
            body.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(ServeResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static String data(String step, String json) {
    return "\"" + StepHash.of(step) + "\":{\"data\":" + json + "}";
  }

  private static String error(String step, String name, String message) {
    return "\""
        + StepHash.of(step)
        + "\":{\"error\":{\"name\":\""
        + name
        + "\",\"message\":\""
        + message
        + "\"}}";
  }

  @Test
  void runsTheStepsInOrderAndBindsByName() throws Exception {
    Compiled compiled =
        function(
            "  @Step int total(OrderPlacedEvent event, int quantity) { return quantity * 10; }\n"
                + "  @Step(\"make label\") Map<String, List<String>> label(Order order, int total) {\n"
                + "    return Map.of(order.id() + total, order.tags()); }\n"
                + "  @Step String end(@From(\"make label\") Map<String, List<String>> any,\n"
                + "      @FromEvent String id, FunctionContext context) {\n"
                + "    return any + id + context.functionId(); }");

    assertThat(text(call(compiled, EVENT, ""))).contains("\"name\":\"total\"", "\"data\":20");
    String first = data("total", "20");
    assertThat(text(call(compiled, EVENT, first))).contains("\"data\":{\"A-120\":[\"x\"]}");
    String second = first + "," + data("make label", "{\"k\":[\"v\"]}");
    assertThat(text(call(compiled, EVENT, second))).contains("\"data\":\"{k=[v]}A-1f\"");
    ServeResponse end = call(compiled, EVENT, second + "," + data("end", "\"done\""));
    assertThat(end.status()).isEqualTo(200);
    assertThat(text(end)).isEqualTo("\"done\"");
  }

  @Test
  void aDeclaredExceptionComesBackAsItself() throws Exception {
    Compiled compiled =
        function(
            "  static class Declined extends Exception {\n"
                + "    private static final long serialVersionUID = 1L;\n"
                + "    public Declined(String message) { super(message); } }\n"
                + "  @Handler String run(Order order) {\n"
                + "    try { return charge(order); }\n"
                + "    catch (Declined e) { return \"declined: \" + e.getMessage(); }\n"
                + "    catch (IOException e) { return \"io: \" + e.getMessage(); }\n"
                + "    catch (StepFailedException e) { return e.name() + \": \" + e.getMessage(); } }\n"
                + "  @Step String charge(Order order) throws IOException, Declined { return order.id(); }");

    assertThat(text(call(compiled, EVENT, error("charge", "shop.F$Declined", "no money"))))
        .isEqualTo("\"declined: no money\"");
    assertThat(text(call(compiled, EVENT, error("charge", "java.io.IOException", "cut"))))
        .isEqualTo("\"io: cut\"");
    assertThat(text(call(compiled, EVENT, error("charge", "java.lang.Runtime", "x"))))
        .isEqualTo("\"java.lang.Runtime: x\"");
  }

  @Test
  void aSubclassIsRecordedUnderItsDeclaredName() throws Exception {
    Compiled compiled =
        function(
            "  @Handler String run() throws IOException { return read(); }\n"
                + "  @Step String read() throws IOException { throw new FileNotFoundException(\"gone\"); }");
    assertThat(text(call(compiled, EVENT, "")))
        .contains("\"name\":\"java.io.IOException\"", "\"message\":\"gone\"");
  }

  @Test
  void helpersMayCallStepsAndStepsMayBeProtectedOrPublic() throws Exception {
    Compiled compiled =
        function(
            "  @Handler String run(OrderPlacedEvent event, Steps steps) { return both(event.data()); }\n"
                + "  private String both(Order order) { return one(order) + two(); }\n"
                + "  @Step protected String one(Order order) { return \"1\"; }\n"
                + "  @Step public String two() { return \"2\"; }");
    assertThat(text(call(compiled, EVENT, ""))).contains("\"displayName\":\"one\"");
    assertThat(text(call(compiled, EVENT, data("one", "\"1\"") + "," + data("two", "\"2\""))))
        .isEqualTo("\"12\"");
  }

  @Test
  void aResultOfAGenericTypeKeepsWhatItsTypeArgumentsSay() throws Exception {
    Compiled compiled =
        compile(
            DATA,
            IMPORTS
                + "@com.fasterxml.jackson.annotation.JsonTypeInfo("
                + "use = com.fasterxml.jackson.annotation.JsonTypeInfo.Id.NAME, property = \"kind\")\n"
                + "@com.fasterxml.jackson.annotation.JsonSubTypes("
                + "@com.fasterxml.jackson.annotation.JsonSubTypes.Type("
                + "value = Circle.class, name = \"circle\"))\n"
                + "public sealed interface Shape permits Circle {}\n",
            IMPORTS + "public record Circle(int r) implements Shape {}\n",
            IMPORTS
                + HEAD
                + "public class F {\n  @Step List<Shape> one() { return List.of(new Circle(1)); }\n}");
    String shapes = "[{\"kind\":\"circle\",\"r\":1}]";
    assertThat(text(call(compiled, EVENT, ""))).contains("\"data\":" + shapes);
    String memo = "\"" + StepHash.of("one") + "\":{\"data\":" + shapes + "}";
    assertThat(text(call(compiled, EVENT, memo))).isEqualTo(shapes);
  }

  @Test
  void inTheClassAsWrittenAStepIsJustAMethod() throws Exception {
    Compiled compiled = function("  @Step public String one() { return \"1\"; }");
    Object plain = compiled.load("shop.F").getConstructor().newInstance();
    assertThat(plain.getClass().getMethod("one").invoke(plain)).isEqualTo("1");
  }

  @Test
  void severalEventsArriveByTheirTypes() throws Exception {
    Compiled compiled =
        compile(
            DATA,
            IMPORTS
                + "@InngestFunction(id = \"f\", event = {\"shop/order.placed\", \"shop/other\", \"log/*\"})\n"
                + "public class F {\n"
                + "  @Handler String run(Event<?> event) {\n"
                + "    if (event instanceof OrderPlacedEvent order) { return \"order \" + order.data().id(); }\n"
                + "    if (event instanceof OtherEvent other) { return \"other \" + other.data().path(\"a\"); }\n"
                + "    return event.name(); }\n"
                + "  @OnFailure void failed(FunctionFailure<? extends Event<?>> failure) {}\n"
                + "}");
    assertThat(text(call(compiled, EVENT, ""))).isEqualTo("\"order A-1\"");
    assertThat(text(call(compiled, "{\"name\":\"shop/other\",\"data\":{\"a\":1}}", "")))
        .isEqualTo("\"other 1\"");
    assertThat(text(call(compiled, "{\"name\":\"log/written\",\"data\":{}}", "")))
        .isEqualTo("\"log/written\"");
  }

  @Test
  void worksInTheDefaultPackageForNestedAndPackagePrivateClasses() {
    Compiled compiled =
        compile(
            "import dev.vibecoder.inngest.annotation.*;\n"
                + "class Outer {\n"
                + "  @InngestEvent(\"nested/made\") record Made(String id) {}\n"
                + "  @InngestFunction(id = \"nested\", event = \"nested/made\")\n"
                + "  static class Inner { @Step String a(MadeEvent event) { return event.data().id(); } }\n"
                + "}");
    assertThat(compiled.generatedPaths())
        .contains("MadeEvent.java", "OuterInnerFunction.java", "InngestEvents.java");
  }

  @Test
  void theModulesClassesGoToTheLongestCommonPackage() throws Exception {
    Compiled compiled =
        compile(
            DATA,
            "package shop.mail;\nimport dev.vibecoder.inngest.annotation.*;\n"
                + "@InngestFunction(id = \"mail\", event = \"shop/order.placed\")\n"
                + "class Mail { Mail(Runnable sender) {}\n"
                + "  @Step void send(shop.Order order) {} }");
    assertThat(compiled.generatedPaths())
        .contains("shop/InngestEvents.java", "shop/InngestFunctions.java");
    assertThat(compiled.generated("META-INF/services/dev.vibecoder.inngest.spi.FunctionProvider"))
        .isEqualTo("shop.InngestFunctions\n");
  }

  @Test
  void testCompilationsHaveNamesOfTheirOwn() {
    Compiled compiled = Compiled.of(List.of("-Ainngest.test=true"), DATA);
    assertThat(compiled.generatedPaths()).contains("shop/InngestTestEvents.java");
  }

  @Test
  void theSameSourcesInAnyOrderGiveTheSameBytes() {
    String[] sources = {
      DATA,
      IMPORTS + HEAD + "class F { @Step String a(Order o) { return o.id(); } }",
      IMPORTS
          + "@InngestFunction(id = \"g\", event = \"x/y\")\nclass G { @Step void a(YEvent e) {} }"
    };
    Compiled one = compile(sources);
    Collections.reverse(Arrays.asList(sources));
    Compiled other = compile(sources);
    assertThat(other.generatedPaths()).isEqualTo(one.generatedPaths()).hasSizeGreaterThan(6);
    for (String path : one.generatedPaths()) {
      assertThat(other.generated(path)).isEqualTo(one.generated(path));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "parseURL2Json, parse-url2-json",
    "sendV2, send-v2",
    "_a$b, a-b",
    "chargeCard, charge-card",
    "привет, привет",
    "ПриветМир, привет-мир",
    "नमस्ते, नमस्ते",
    "a, a"
  })
  void stepIdsFollowTheMethodsName(String method, String id) {
    Compiled compiled = function("  @Step void " + method + "() {}");
    assertThat(compiled.generated("shop/FFunction.java"))
        .contains("ofVoid(\"" + id + "\", \"" + StepHash.of(id) + "\")");
  }

  @Test
  void anInheritedHandlerIsTheHandlerAndInheritedStepsAreDurable() throws Exception {
    Compiled compiled =
        compile(
            DATA,
            IMPORTS
                + "abstract class Base<T> {\n"
                + "  @Handler String run(OrderPlacedEvent event) { return save(value(event)); }\n"
                + "  abstract T value(OrderPlacedEvent event);\n"
                + "  @Step String save(T value) { return \"saved \" + value; }\n"
                + "  @OnFailure void failed(FunctionFailure<OrderPlacedEvent> failure) {} }",
            IMPORTS
                + HEAD
                + "public class F extends Base<Integer> {\n"
                + "  @Override Integer value(OrderPlacedEvent event) { return event.data().quantity(); } }");
    assertThat(compiled.generated("shop/FFunction.java"))
        .contains("String save(Integer value)", ".onFailure(", "function.run(event)");
    assertThat(text(call(compiled, EVENT, ""))).contains("\"data\":\"saved 2\"");
  }

  @Test
  void namesOfTheUsersNeverHideTheGeneratedOnes() throws Exception {
    Compiled compiled =
        compile(
            DATA,
            IMPORTS
                + HEAD
                + "public class F {\n"
                + "  record Steps(int n) {}\n"
                + "  record StepDefinition(int n) {}\n"
                + "  private final String text;\n"
                + "  F(String event, Runnable steps, int function, long durable, List<String> failure) {\n"
                + "    text = event; }\n"
                + "  @Step Steps a(Order A) { return new Steps(A.quantity()); }\n"
                + "  @Step String b(@From(\"a\") Steps B) { return text + B.n(); }\n"
                + "  @OnFailure void failed(FunctionFailure<OrderPlacedEvent> failure) {} }");
    Object definition =
        compiled
            .load("shop.FFunction")
            .getMethod("define", String.class, Runnable.class, int.class, long.class, List.class)
            .invoke(null, "t", null, 1, 1L, List.of());
    assertThat(text(call((FunctionDefinition) definition, EVENT, "")))
        .contains("\"data\":{\"n\":2}");
  }

  @Test
  void aHandlerWithNamesOfItsConstructorIsHandedTheEvent() {
    compile(
        DATA,
        IMPORTS
            + HEAD
            + "public class F { F(String event, Runnable steps) {}\n"
            + "  @Handler String run(OrderPlacedEvent e, Steps s) { return go(); }\n"
            + "  @Step String go() { return \"\"; } }");
  }

  @Test
  void functionsOfTheSameNameInTwoPackagesHaveConstantsByTheirIds() {
    Compiled compiled =
        compile(
            DATA,
            "package shop.x; import dev.vibecoder.inngest.annotation.*;\n"
                + "@InngestFunction(id = \"x-greet\", event = \"shop/order.placed\")\n"
                + "public class Greet { @Step void a() {} }",
            "package shop.y; import dev.vibecoder.inngest.annotation.*;\n"
                + "@InngestFunction(id = \"y-greet\", event = \"shop/order.placed\")\n"
                + "public class Greet { @Step void a() {} }",
            IMPORTS + HEAD + "public class F { @Step void a() {} }");
    assertThat(compiled.generated("shop/InngestFunctions.java"))
        .contains(" X_GREET =", " Y_GREET =", " F =")
        .doesNotContain(" GREET =");
  }

  @Test
  void exceptionsWhoseConstructorsSayWhatMayBeNullComeBackAsThemselves() throws Exception {
    Compiled compiled =
        compile(
            DATA,
            "package shop; import org.jspecify.annotations.*;\n"
                + "public class Declined extends Exception {\n"
                + "  private static final long serialVersionUID = 1L;\n"
                + "  public Declined(@Nullable String m, @Nullable Throwable c) { super(m, c); } }",
            IMPORTS
                + HEAD
                + "public class F { @Handler String run() {\n"
                + "    try { return charge(); } catch (Declined e) { return \"declined\"; } }\n"
                + "  @Step String charge() throws Declined { return \"\"; } }");
    assertThat(text(call(compiled, EVENT, error("charge", "shop.Declined", "no"))))
        .isEqualTo("\"declined\"");
  }

  @Test
  void eventNamesMayHoldWhatJavaTakesForSomethingElse() {
    compile(
        DATA,
        IMPORTS + "@InngestEvent(\"win/c:\\\\users\") public record U(String a) {}",
        IMPORTS + "@InngestEvent(\"doc/{@code}<b>\") public record V(String a) {}");
  }

  @Test
  void whatIsDeprecatedGivesNoWarningInGeneratedCode() {
    compile(
        DATA,
        IMPORTS + "@Deprecated public record Old(String a) {}",
        IMPORTS + "@Deprecated @InngestEvent(\"old/data\") public record OldData(String a) {}",
        IMPORTS
            + HEAD
            + "public class F { F(java.util.function.Function<String, String> function) {}\n"
            + "  @SuppressWarnings(\"deprecation\") @Step Old a() { return null; }\n"
            + "  @Deprecated @Step void b() {} }",
        IMPORTS
            + "@InngestFunction(id = \"g\", event = \"old/data\") public class G { @Step void b() {} }");
  }

  @Test
  void whatStepsSayAboutNullIsRepeated() {
    Compiled compiled =
        compile(
            DATA,
            "package shop; import dev.vibecoder.inngest.annotation.*; import org.jspecify.annotations.*;\n"
                + HEAD
                + "@NullMarked public class F { @Handler void run() { a(null); }\n"
                + "  @Step @Nullable String a(@Nullable String x) { return x; } }");
    assertThat(compiled.generated("shop/FFunction.java"))
        .contains("@Nullable String a(@Nullable String x)");
  }

  @Test
  void theServersOwnEventsCanBeNamedButNotSent() {
    Compiled compiled =
        compile(
            DATA,
            IMPORTS
                + "@InngestFunction(id = \"f\", event = \"inngest/function.failed\")\n"
                + "public class F { @Step void a(FunctionFailedEvent event) {} }");
    assertThat(compiled.generated("shop/InngestEvents.java"))
        .contains("FUNCTION_FAILED_EVENT =")
        .doesNotContain("sendFunctionFailedEvent");
  }

  @Test
  void theDataOfAnEventWithoutPayloadClassIsJson() throws Exception {
    Compiled compiled =
        compile(
            DATA,
            IMPORTS
                + "@InngestFunction(id = \"f\", event = \"shop/plain\") public class F {\n"
                + "  @Handler String run(com.fasterxml.jackson.databind.JsonNode data) {\n"
                + "    return data.path(\"a\").asText(); } }");
    assertThat(text(call(compiled, "{\"name\":\"shop/plain\",\"data\":{\"a\":\"x\"}}", "")))
        .isEqualTo("\"x\"");
  }

  @Test
  void longPackagesFitIntoTheIndex() {
    String longPackage =
        "shop." + String.join(".", Collections.nCopies(14, "segmentlonger")) + ".inner";
    Compiled compiled =
        compile(
            DATA,
            "package "
                + longPackage
                + "; import dev.vibecoder.inngest.annotation.*;\n"
                + "@InngestFunction(id = \"g\", event = \"shop/order.placed\")\n"
                + "public class OrderFulfilmentWorkflow { @Step void a() {} }");
    assertThat(compiled.generatedPaths())
        .anyMatch(path -> path.matches(".*index/OrderFulfilmentWorkflow_[0-9a-f]{8}\\.java"));
  }

  @Test
  void markersOfClassesThatLookAlikeDoNotClash() {
    compile(
        DATA,
        "package shop.b; import dev.vibecoder.inngest.annotation.*;\n"
            + "@InngestFunction(id = \"f\", event = \"shop/order.placed\")\n"
            + "public class C { @Step void a() {} }",
        "package shop; import dev.vibecoder.inngest.annotation.*;\n"
            + "@InngestFunction(id = \"g\", event = \"shop/order.placed\")\n"
            + "public class b_C { @Step void a() {} }");
  }

  @Test
  void whatJacksonWritesAndReadsMayBeAResult() {
    compile(
        DATA,
        IMPORTS
            + "import com.fasterxml.jackson.annotation.*; import com.fasterxml.jackson.databind.annotation.*;\n"
            + HEAD
            + "public class F { @Handler void run() {}\n"
            + "  public record R<T>(R<List<T>> a, R<Set<T>> b) {}\n"
            + "  public static class Bean { @JsonIgnore private InputStream in; private String n;\n"
            + "    public InputStream getIn() { return in; } public String getN() { return n; } }\n"
            + "  public record Own(@JsonSerialize(using = com.fasterxml.jackson.databind.ser.std.ToStringSerializer.class)\n"
            + "    @JsonDeserialize(using = com.fasterxml.jackson.databind.deser.std.StringDeserializer.class)\n"
            + "    StringBuilder text) {}\n"
            + "  public static class Names extends ArrayList<String> { private static final long serialVersionUID = 1; }\n"
            + "  public static class Renamed { private String n; private transient int hash;\n"
            + "    private static int made; @JsonIgnore private int cache;\n"
            + "    public String getName() { return n; } public void setName(String n) { this.n = n; } }\n"
            + "  public static class Told { private String n; @JsonProperty private String secret;\n"
            + "    public String getN() { return n; } }\n"
            + "  @Step Renamed i() { return null; }\n"
            + "  @Step Told j() { return null; }\n"
            + "  @Step R<String> a() { return null; }\n"
            + "  @Step Bean b() { return null; }\n"
            + "  @Step Own c() { return null; }\n"
            + "  @Step Names d() { return null; }\n"
            + "  @Step Map<String, Object> e() { return null; }\n"
            + "  @Step java.nio.file.Path f() { return null; }\n"
            + "  @Step Map<java.time.YearMonth, Map<Double, String>> g() { return null; }\n"
            + "  @Step com.fasterxml.jackson.databind.node.ObjectNode h() { return null; } }");
  }

  @Test
  void classesMayBeNamedLikeThoseOfTheLanguage() {
    List<String> names =
        List.of(
            "Boolean",
            "Class",
            "Exception",
            "IllegalStateException",
            "Integer",
            "Iterable",
            "Long",
            "Object",
            "Override",
            "Runnable",
            "RuntimeException",
            "String",
            "SuppressWarnings",
            "Throwable",
            "Void");
    List<String> sources = new ArrayList<>();
    names.forEach(name -> sources.add("package odd; public record " + name + "(int x) {}"));
    String imports =
        "package odd;\nimport dev.vibecoder.inngest.*;\n"
            + "import dev.vibecoder.inngest.annotation.*;\n";
    sources.add(
        imports
            + "@InngestEvent(\"odd/done\")\n"
            + "public record Data(java.lang.String id, String own, java.lang.Integer count) {}");
    sources.add(
        imports
            + "@InngestFunction(id = \"f\", event = \"odd/done\")\n"
            + "public class F {\n"
            + "  F(java.lang.Integer size) {}\n"
            + "  @Step String take(Data data) { return data.own(); }\n"
            + "  @Step java.lang.String text(java.lang.String id, String own)\n"
            + "      throws java.lang.Exception { return id; }\n"
            + "  @OnFailure void failed(FunctionFailure<DoneEvent> failure) {}\n"
            + "}");
    sources.add(
        imports
            + "@InngestFunction(id = \"g\") public class G {\n"
            + "  @Handler String run(Object in, Steps steps) { return null; } }");
    Compiled compiled =
        Compiled.of(List.of("-Xlint:all,-processing"), sources.toArray(String[]::new));
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.warnings()).isEmpty();
  }
}
