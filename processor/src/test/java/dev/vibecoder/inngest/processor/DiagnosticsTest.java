package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One mistake is one error, at its own place, with one text. */
class DiagnosticsTest {
  private static final String IMPORTS =
      "package bad;\n"
          + "import dev.vibecoder.inngest.*;\n"
          + "import dev.vibecoder.inngest.annotation.*;\n"
          + "import java.util.*;\n";
  private static final String DATA =
      IMPORTS + "@InngestEvent(\"bad/done\")\npublic record Data(String name, int count) {}\n";
  private static final String HEAD = "@InngestFunction(id = \"f\", event = \"bad/done\")\n";
  private static final String LONG = "x".repeat(256);

  /**
   * A mistake.
   *
   * @param at what stands where the error points to
   * @param sources files beside the payload class Data
   */
  record Mistake(ProblemCode code, String at, String text, List<String> sources) {
    @Override
    public String toString() {
      return code.code() + ": " + text;
    }
  }

  private static Mistake mistake(ProblemCode code, String at, String text, String... sources) {
    return new Mistake(
        code, at, text, Arrays.stream(sources).map(source -> IMPORTS + source).toList());
  }

  static Stream<Mistake> mistakes() {
    return Stream.of(
        mistake(
            ProblemCode.FUNCTION_ID,
            "\"Bad Id\"",
            "\"Bad Id\" is no function id. Use lower-case letters, digits and single hyphens, at most"
                + " 64 characters, as in hello-world.",
            "@InngestFunction(id = \"Bad Id\", event = \"bad/done\")\nclass F { @Step void a() {} }"),
        mistake(
            ProblemCode.DUPLICATE_FUNCTION_ID,
            "\"f\"",
            "Function id \"f\" is also used by bad.F. Give each function its own id; <id>-failure and"
                + " <id>-cancelled belong to a function's own handlers.",
            HEAD + "class F { @Step void a() {} }",
            HEAD + "class G { @Step void a() {} }"),
        mistake(
            ProblemCode.DUPLICATE_FUNCTION_ID,
            "\"f-failure\"",
            "Function id \"f-failure\" is also used by bad.F. Give each function its own id;"
                + " <id>-failure and <id>-cancelled belong to a function's own handlers.",
            HEAD + "class F { @Step void a() {} @OnFailure void b() {} }",
            "@InngestFunction(id = \"f-failure\", event = \"bad/done\")\nclass G { @Step void a() {} }"),
        mistake(
            ProblemCode.FUNCTION_KIND,
            "record F",
            "@InngestFunction is on the record F. A function is a class.",
            HEAD + "record F() { @Step void a() {} }"),
        mistake(
            ProblemCode.FUNCTION_KIND,
            "enum F",
            "@InngestFunction is on the enum F. A function is a class.",
            HEAD + "enum F { X; @Step void a() {} }"),
        mistake(
            ProblemCode.FUNCTION_KIND,
            "interface F",
            "@InngestFunction is on the interface F. A function is a class.",
            HEAD + "interface F { @Step default void a() {} }"),
        mistake(
            ProblemCode.FUNCTION_FINAL,
            "final class F",
            "The function class F is final. Remove final: its steps are made durable in a subclass.",
            HEAD + "final class F { @Step void a() {} }"),
        mistake(
            ProblemCode.FUNCTION_ABSTRACT,
            "abstract class F",
            "The function class F is abstract. Remove abstract, or put @InngestFunction on a subclass"
                + " that is not.",
            HEAD + "abstract class F { @Step void a() {} }"),
        mistake(
            ProblemCode.FUNCTION_SEALED,
            "sealed class F",
            "The function class F is sealed. Remove sealed: its steps are made durable in a subclass.",
            HEAD + "sealed class F permits G { @Step void a() {} }\nfinal class G extends F {}"),
        mistake(
            ProblemCode.FUNCTION_GENERIC,
            "class F<T>",
            "The function class F has type parameters. Use the real types: results are decoded by"
                + " them.",
            HEAD + "class F<T> { @Step void a() {} }"),
        mistake(
            ProblemCode.FUNCTION_NESTED,
            "class F {",
            "The function class F is an inner class. Make it static, or move it to a file of its own.",
            "class Outer {\n" + HEAD + "class F { @Step void a() {} } }"),
        mistake(
            ProblemCode.FUNCTION_NESTED,
            "private static class F",
            "The function class F is in a private class, or is one. Make it at least"
                + " package-private, so that generated code can use it.",
            "class Outer {\n" + HEAD + "private static class F { @Step void a() {} } }"),
        mistake(
            ProblemCode.FUNCTION_CONSTRUCTOR,
            "class F",
            "The function class F has only private constructors. Make one at least package-private.",
            HEAD + "class F { private F() {} @Step void a() {} }"),
        mistake(
            ProblemCode.FUNCTION_CONSTRUCTOR,
            "class F",
            "The function class F has 2 constructors that could be meant. Annotate one of them with"
                + " @Inject, or leave only one.",
            HEAD + "class F { F() {} F(String s) {} @Step void a() {} }"),
        mistake(
            ProblemCode.FUNCTION_STATE,
            "count;",
            "The field count of a function class can change. Make it final: one instance serves all"
                + " runs, and what it holds is not remembered.",
            HEAD + "class F {\nint count;\n@Step void a() {} }"),
        mistake(
            ProblemCode.FUNCTION_EMPTY,
            "@InngestFunction",
            "The function has neither a handler nor a step. Annotate methods with @Step, or one with"
                + " @Handler.",
            HEAD + "class F {}"),
        mistake(
            ProblemCode.NO_TRIGGER,
            "@InngestFunction",
            "The function has no event that starts it. Set event, as in event ="
                + " \"shop/order.placed\"; one that other functions invoke takes InvokedEvent<...>, or"
                + " a payload of its own.",
            "@InngestFunction(id = \"f\")\nclass F { @Step void a() {} }"),
        mistake(
            ProblemCode.TRIGGER_COUNT,
            "\"bad/done\"}",
            "The event \"bad/done\" is named twice. Remove one of them.",
            "@InngestFunction(id = \"f\", event = {\"bad/done\", \"bad/done\"})\n"
                + "class F { @Step void a() {} }"),
        mistake(
            ProblemCode.RETRIES,
            "21",
            "retries is 21. The server takes 0 to 20.",
            "@InngestFunction(id = \"f\", event = \"bad/done\", retries = 21)\n"
                + "class F { @Step void a() {} }"),
        mistake(
            ProblemCode.RETRIES,
            "-2",
            "retries is -2. The server takes 0 to 20.",
            "@InngestFunction(id = \"f\", event = \"bad/done\", retries = -2)\n"
                + "class F { @Step void a() {} }"),
        mistake(
            ProblemCode.RETRIES,
            "-1",
            "retries is -1. The server takes 0 to 20.",
            HEAD + "class F { @Step void a() {}\n@OnFailure(retries = -1) void b() {} }"),
        mistake(
            ProblemCode.EVENT_NAME,
            "\"bad name\"",
            "The event's name \"bad name\" contains white space. Use a name like shop/order.placed.",
            "@InngestEvent(\"bad name\")\nrecord Bad(String a) {}"),
        mistake(
            ProblemCode.EVENT_NAME,
            "\"" + LONG + "\"",
            "The event's name has 256 characters; the server takes 255. Use a name like"
                + " shop/order.placed.",
            "@InngestEvent(\"" + LONG + "\")\nrecord Bad(String a) {}"),
        mistake(
            ProblemCode.EVENT_NAME,
            "\"bad/*\"",
            "The event's name \"bad/*\" contains a *. Patterns are for the event of a function; an"
                + " event itself has one name.",
            "@InngestEvent(\"bad/*\")\nrecord Bad(String a) {}"),
        mistake(
            ProblemCode.EVENT_NAME,
            "\"a*b\"",
            "The pattern \"a*b\" never matches. A * stands only at the end, after / or a dot, as in"
                + " shop/*.",
            "@InngestFunction(id = \"f\", event = \"a*b\")\nclass F { @Step void a() {} }"),
        mistake(
            ProblemCode.EVENT_RESERVED,
            "\"inngest/mine\"",
            "The event's name \"inngest/mine\" is reserved: names beginning with inngest/ are the"
                + " server's. Use another prefix.",
            "@InngestEvent(\"inngest/mine\")\nrecord Bad(String a) {}"),
        mistake(
            ProblemCode.EVENT_RESERVED,
            "\"inngest/mine\"",
            "No function can be started by \"inngest/mine\". Of the server's own events,"
                + " inngest/function.failed, .finished and .cancelled can.",
            "@InngestFunction(id = \"f\", event = \"inngest/mine\")\nclass F { @Step void a() {} }"),
        mistake(
            ProblemCode.EVENT_KIND,
            "@InngestEvent",
            "@InngestEvent is on Bad, which is neither a record nor a class. Put it on a record, or on"
                + " a class that is not abstract.",
            "@InngestEvent(\"bad/kind\")\ninterface Bad {}"),
        mistake(
            ProblemCode.EVENT_CLASS_CLASH,
            "\"other/done\"",
            "The events \"other/done\" and \"bad/done\" would both get the class DoneEvent. Set"
                + " typeName on one of them.",
            "@InngestEvent(\"other/done\")\npublic record Other(String a) {}"),
        mistake(
            ProblemCode.EVENT_TYPE_NAME,
            "\"no name\"",
            "\"no name\" is no name of a class. Give the simple name of a class, as in"
                + " OrderPlacedEvent.",
            "@InngestEvent(value = \"bad/x\", typeName = \"no name\")\nrecord Bad(String a) {}"),
        mistake(
            ProblemCode.DUPLICATE_EVENT,
            "\"bad/done\"",
            "The event \"bad/done\" has another payload class: bad.Data. Give each event one payload"
                + " class.",
            "@InngestEvent(\"bad/done\")\npublic record Other(String a) {}"),
        mistake(
            ProblemCode.STEP_OUTSIDE_FUNCTION,
            "void a()",
            "@Step is on a method of F, which is no function. Annotate the class with"
                + " @InngestFunction; elsewhere a step would not be durable.",
            "class F {\n@Step void a() {} }"),
        mistake(
            ProblemCode.STEP_PRIVATE,
            "a(",
            "Step a is private. Make it at least package-private: it is overridden to be durable.",
            HEAD + "class F {\n@Step private void a() {} }"),
        mistake(
            ProblemCode.STEP_STATIC,
            "a(",
            "Step a is static. Make it an instance method: it is overridden to be durable.",
            HEAD + "class F {\n@Step static void a() {} }"),
        mistake(
            ProblemCode.STEP_FINAL,
            "a(",
            "Step a is final. Remove final: it is overridden to be durable.",
            HEAD + "class F {\n@Step final void a() {} }"),
        mistake(
            ProblemCode.STEP_VARARGS,
            "a(",
            "Step a takes a variable number of arguments. Take a List.",
            HEAD + "class F {\n@Handler void run() { a(); }\n@Step void a(String... names) {} }"),
        mistake(
            ProblemCode.STEP_GENERIC,
            "a(",
            "Step a has type parameters. Use the real types: the result is decoded by them.",
            HEAD + "class F {\n@Step <T> void a() {} }"),
        mistake(
            ProblemCode.STEP_ID,
            "\"a:b\"",
            "The step id \"a:b\" contains ':'. Ids are any text without [ ] : > and control"
                + " characters.",
            HEAD + "class F {\n@Step(\"a:b\") void a() {} }"),
        mistake(
            ProblemCode.DUPLICATE_STEP_ID,
            "\"a\"",
            "Steps a and b have the same id \"a\". Give one of them another id with @Step(\"...\").",
            HEAD + "class F { @Step void a() {}\n@Step(\"a\") void b() {} }"),
        mistake(
            ProblemCode.DUPLICATE_STEP_ID,
            "void a(Data",
            "Steps a and a have the same id \"a\". Steps cannot be overloaded: rename one, or give it"
                + " an id with @Step(\"...\").",
            HEAD + "class F { @Step void a() {}\n@Step void a(Data d) {} }"),
        mistake(
            ProblemCode.STEP_RESULT,
            "List a()",
            "The result of step a cannot be kept as JSON: List: the raw type java.util.List. Return a"
                + " record, or another type that Jackson can write and read.",
            HEAD + "@SuppressWarnings(\"rawtypes\") class F {\n@Step List a() { return null; } }"),
        mistake(
            ProblemCode.STEP_RESULT,
            "List<?> a()",
            "The result of step a cannot be kept as JSON: List[]: the wildcard ?. Return a record, or"
                + " another type that Jackson can write and read.",
            HEAD + "class F {\n@Step List<?> a() { return null; } }"),
        mistake(
            ProblemCode.STEP_RESULT,
            "Result a()",
            "The result of step a cannot be kept as JSON: Result.items[].stream: java.io.InputStream."
                + " Return a record, or another type that Jackson can write and read.",
            HEAD
                + "class F {\n@Step Result a() { return null; } }\n"
                + "record Result(List<Item> items) {}\nrecord Item(java.io.InputStream stream) {}"),
        mistake(
            ProblemCode.STEP_RESULT,
            "Map<Data, String> a()",
            "The result of step a cannot be kept as JSON: Map: a map with keys of bad.Data. Return a"
                + " record, or another type that Jackson can write and read.",
            HEAD + "class F {\n@Step Map<Data, String> a() { return null; } }"),
        mistake(
            ProblemCode.STEP_RESULT,
            "a()",
            "The result of step a cannot be kept as JSON: Names[]: java.io.InputStream. Return a record,"
                + " or another type that Jackson can write and read.",
            HEAD
                + "class F { static class Names extends ArrayList<java.io.InputStream> {}\n"
                + "@Step Names a() { return null; } }"),
        mistake(
            ProblemCode.STEP_RESULT,
            "a()",
            "The result of step a cannot be kept as JSON: Bean: bad.F.Bean, whose fields Jackson cannot"
                + " see. Return a record, or another type that Jackson can write and read.",
            HEAD
                + "class F { static class Bean { private String name; }\n"
                + "@Step Bean a() { return null; } }"),
        mistake(
            ProblemCode.STEP_RESULT,
            "a()",
            "The result of step a cannot be kept as JSON: Clock: java.time.Clock. Return a record, or"
                + " another type that Jackson can write and read.",
            HEAD + "class F {\n@Step java.time.Clock a() { return null; } }"),
        mistake(
            ProblemCode.UNBOUND_PARAMETER,
            "nme)",
            "Nothing can be handed to the parameter java.lang.String nme. Did you mean \"name\"? A step"
                + " takes the event (DoneEvent), its payload (Data) and FunctionContext, and by their"
                + " names: name, count.",
            HEAD + "class F {\n@Step void a(String nme) {} }"),
        mistake(
            ProblemCode.UNBOUND_PARAMETER,
            "b)",
            "The parameter b names a step that has not run yet. A step takes the event (DoneEvent), its"
                + " payload (Data) and FunctionContext, and by their names: name, count.",
            HEAD + "class F {\n@Step void a(String b) {}\n@Step String b() { return \"\"; } }"),
        mistake(
            ProblemCode.UNBOUND_PARAMETER,
            "\"frist\"",
            "There is no step \"frist\". Did you mean \"first\"? Earlier steps are first.",
            HEAD
                + "class F { @Step String first() { return \"\"; }\n"
                + "@Step void a(@From(\"frist\") String x) {} }"),
        mistake(
            ProblemCode.UNBOUND_PARAMETER,
            "\"cuont\"",
            "The event's payload has no component \"cuont\". Did you mean \"count\"? Components are"
                + " name, count.",
            HEAD + "class F {\n@Step void a(@FromEvent(\"cuont\") int x) {} }"),
        mistake(
            ProblemCode.AMBIGUOUS_PARAMETER,
            "name)",
            "The parameter name could be the result of step name or the event's component name. Say"
                + " which: @From(\"<step>\") for the step, @FromEvent for the event's component.",
            HEAD
                + "class F { @Step String name() { return \"\"; }\n@Step void b(String name) {} }"),
        mistake(
            ProblemCode.AMBIGUOUS_PARAMETER,
            "normalise)",
            "The parameter normalise could be the result of step normalise or the event's payload. Say"
                + " which: @From(\"<step>\") for the step, @FromEvent for the event's component, another"
                + " name for the parameter else.",
            HEAD
                + "class F { @Step Data normalise(Data data) { return data; }\n"
                + "@Step String use(Data normalise) { return normalise.name(); } }"),
        mistake(
            ProblemCode.AMBIGUOUS_PARAMETER,
            "count)",
            "The parameter count could be the result of step count, which comes later, or the event's"
                + " component count. Say which: @From(\"<step>\") for the step, @FromEvent for the event's"
                + " component.",
            HEAD + "class F {\n@Step void a(int count) {}\n@Step int count() { return 1; } }"),
        mistake(
            ProblemCode.ANNOTATION_DROPPED,
            "void a()",
            "The method a overrides one of bad.Base that is annotated with @Step, and is not annotated"
                + " itself. Repeat @Step: a method does not inherit the annotations of the one it"
                + " overrides.",
            "abstract class Base { @Step void a() {} }",
            HEAD + "class F extends Base { @Handler void run() { a(); }\n@Override void a() {} }"),
        mistake(
            ProblemCode.ANNOTATION_DROPPED,
            "void run()",
            "The method run overrides one of bad.Base that is annotated with @Handler, and is not"
                + " annotated itself. Repeat @Handler: a method does not inherit the annotations of the"
                + " one it overrides.",
            "abstract class Base { @Handler void run() {} }",
            HEAD + "class F extends Base { @Step void a() {}\n@Override void run() { a(); } }"),
        mistake(
            ProblemCode.HANDLER_METHOD,
            "void run()",
            "The method run is both the handler and the failure handler. They are two functions; leave"
                + " one of the two annotations.",
            HEAD + "class F {\n@Handler @OnFailure void run() {} }"),
        mistake(
            ProblemCode.HANDLER_METHOD,
            "run()",
            "The handler throws java.lang.Throwable, which is no Exception. Declare an Exception: it is"
                + " handed on as one.",
            HEAD + "class F {\n@Handler void run() throws Throwable {} }"),
        mistake(
            ProblemCode.STEP_THROWS,
            "a()",
            "Step a throws java.lang.Throwable, which is no Exception. Declare an Exception: it is"
                + " handed on as one.",
            HEAD + "class F {\n@Step void a() throws Throwable {} }"),
        mistake(
            ProblemCode.STEP_ID,
            "__()",
            "The name of the method __ gives no step id: it has no letter or digit. Give it an id with"
                + " @Step(\"...\").",
            HEAD + "class F {\n@Step void __() {} }"),
        mistake(
            ProblemCode.STEP_OUTSIDE_FUNCTION,
            "x()",
            "@Handler is on a method of F, which is no function. Annotate the class with"
                + " @InngestFunction; elsewhere it does nothing.",
            "class F {\n@Handler void x() {} }"),
        mistake(
            ProblemCode.STEP_OUTSIDE_FUNCTION,
            "s)",
            "@From is on a parameter of F, which is no function. Annotate the class with"
                + " @InngestFunction; elsewhere it does nothing.",
            "class F {\nvoid z(@From(\"q\") String s) {} }"),
        mistake(
            ProblemCode.FUNCTION_RESULT,
            "run()",
            "The result of the handler run cannot be kept as JSON: Clock: java.time.Clock. Return a"
                + " record, or another type that Jackson can write and read.",
            HEAD + "class F {\n@Handler java.time.Clock run() { return null; } }"),
        mistake(
            ProblemCode.TYPE_ACCESS,
            "a(",
            "Step a names bad.F.Secret, which is private. Make the type visible: generated code in the"
                + " same package names it too.",
            HEAD
                + "class F { private record Secret(String text) {}\n"
                + "@Handler void run() { a(List.of()); }\n"
                + "@Step void a(List<Secret> secrets) {} }"),
        mistake(
            ProblemCode.TYPE_ACCESS,
            "a(",
            "Step a names bad.F.Secret, which is private. Make the type visible: generated code in the"
                + " same package names it too.",
            HEAD
                + "class F { private record Secret(String text) {}\n@Step Secret[] a() { return null; } }"),
        mistake(
            ProblemCode.TYPE_ACCESS,
            "F(Settings",
            "The constructor of F names bad.F.Settings, which is private. Make the type visible:"
                + " generated code in the same package names it too.",
            HEAD
                + "class F { private static class Settings {}\nF(Settings settings) {}\n@Step void a() {} }"),
        mistake(
            ProblemCode.FUNCTION_CONSTRUCTOR,
            "F()",
            "The constructor of F throws java.io.IOException. Do in a step what can fail, or hand in"
                + " what is ready.",
            HEAD + "class F {\nF() throws java.io.IOException {}\n@Step void a() {} }"),
        mistake(
            ProblemCode.FUNCTION_CONSTRUCTOR,
            "F(T",
            "The constructor of F has type parameters. Use the real types: what it needs is looked up by"
                + " them.",
            HEAD + "class F {\n<T extends Runnable> F(T t) {}\n@Step void a() {} }"),
        mistake(
            ProblemCode.FUNCTION_STATE,
            "class F",
            "The field count, inherited from bad.Base, of a function class can change. Make it final:"
                + " one instance serves all runs, and what it holds is not remembered.",
            "abstract class Base { int count; }",
            HEAD + "class F extends Base { @Step void a() {} }"),
        mistake(
            ProblemCode.FUNCTION_GENERIC,
            "class F<T>",
            "The function class F has type parameters. Use the real types: results are decoded by"
                + " them.",
            HEAD + "class F<T> { @Step T a() { return null; } }"),
        mistake(
            ProblemCode.FUNCTION_KIND,
            "interface F",
            "@InngestFunction is on the interface F. A function is a class.",
            HEAD + "interface F { @Step void a(); }"),
        mistake(
            ProblemCode.FUNCTION_KIND,
            "@interface F",
            "@InngestFunction is on the annotation F. A function is a class.",
            HEAD + "@interface F {}\ninterface Unused {}"),
        mistake(
            ProblemCode.STEP_GENERIC,
            "a()",
            "Step a has type parameters. Use the real types: the result is decoded by them.",
            HEAD + "class F {\n@Step <T> T a() { return null; } }"),
        mistake(
            ProblemCode.STEP_VARARGS,
            "b(",
            "Step b takes a variable number of arguments. Take a List.",
            HEAD
                + "class F { @Step List<String> names() { return null; }\n@Step void b(String... names) {} }"),
        mistake(
            ProblemCode.ON_FAILURE,
            "failure)",
            "The failure handler cannot be handed"
                + " dev.vibecoder.inngest.FunctionFailure<dev.vibecoder.inngest.JsonEvent> failure. It"
                + " takes FunctionFailure<DoneEvent>, Steps and FunctionContext.",
            HEAD
                + "class F { @Step void a() {}\n"
                + "@OnFailure void failed(FunctionFailure<JsonEvent> failure) {} }"),
        mistake(
            ProblemCode.HANDLER_PARAMETER,
            "event)",
            "The handler cannot be handed dev.vibecoder.inngest.Event<bad.Data> event. It takes the"
                + " event (Event<?>), Steps and FunctionContext; anything else is given to the"
                + " constructor.",
            "@InngestFunction(id = \"f\", event = {\"bad/done\", \"bad/other\"})\n"
                + "class F {\n@Handler void run(Event<Data> event) {} }"),
        mistake(
            ProblemCode.EVENT_KIND,
            "@InngestEvent",
            "@InngestEvent is on Bad, which has type parameters. Make it a class that generated code can"
                + " name, without type parameters.",
            "@InngestEvent(\"bad/kind\")\nrecord Bad<T>(T a) {}"),
        mistake(
            ProblemCode.EVENT_KIND,
            "@InngestEvent",
            "@InngestEvent is on Bad, which is private or in a private class. Make it a class that"
                + " generated code can name, without type parameters.",
            "class Outer {\n@InngestEvent(\"bad/kind\") private record Bad(String a) {} }"),
        mistake(
            ProblemCode.EVENT_TYPE_NAME,
            "\"foo.Bar\"",
            "\"foo.Bar\" is no name of a class. Give the simple name of a class, as in"
                + " OrderPlacedEvent.",
            "@InngestEvent(value = \"bad/x\", typeName = \"foo.Bar\")\nrecord Bad(String a) {}",
            "@InngestFunction(id = \"f\", event = \"bad/x\")\n"
                + "class F { @Step void a(XEvent event, Bad data) {} }"),
        mistake(
            ProblemCode.EVENT_CLASS_CLASH,
            "\"other/done\"",
            "The events \"other/done\" and \"bad/done\" would both get the class DoneEvent. Set"
                + " typeName on one of them.",
            "@InngestEvent(\"other/done\")\npublic record Other(String a) {}",
            "@InngestFunction(id = \"f\", event = \"other/done\")\n"
                + "class F { @Step void a(DoneEvent event) {} }"),
        mistake(
            ProblemCode.DUPLICATE_EVENT,
            "\"bad/done\"",
            "The event \"bad/done\" has another payload class: bad.Data. Give each event one payload"
                + " class.",
            "@InngestEvent(\"bad/done\")\npublic record Other(String a) {}",
            HEAD + "class F { @Step void a(Other other) {} }"),
        mistake(
            ProblemCode.GENERATED_NAME,
            "\"bad/taken\"",
            "The class TakenEvent for the event \"bad/taken\" exists already. Rename it, or give the"
                + " event a payload class with @InngestEvent, and set typeName there.",
            "@InngestFunction(id = \"f\", event = \"bad/taken\")\nclass F { @Step void a() {} }",
            "class TakenEvent {}",
            "class Uses { Object f = FFunction.REF; Object e = InngestEvents.DONE_EVENT; }"),
        mistake(
            ProblemCode.GENERATED_NAME,
            "class OuterInner",
            "The class OuterInnerFunction, which is to be generated, is also generated for the function"
                + " bad.Outer.Inner. Rename one of the two classes.",
            "class Outer { @InngestFunction(id = \"x\", event = \"bad/done\")\n"
                + "static class Inner { @Step void a() {} } }",
            HEAD + "class OuterInner { @Step void a() {} }"),
        mistake(
            ProblemCode.GENERATED_NAME,
            "class F",
            "The class FFunction, which is to be generated, is also generated for the event \"bad/x\"."
                + " Rename one of the two classes.",
            "@InngestEvent(value = \"bad/x\", typeName = \"FFunction\")\nrecord Other(String a) {}",
            HEAD + "class F { @Step void a() {} }"),
        mistake(
            ProblemCode.GENERATED_NAME,
            "\"bad/" + LONG.substring(10) + "\"",
            "The class X"
                + LONG.substring(11)
                + "Event for the event \"bad/"
                + LONG.substring(10)
                + "\" has a name of 251 bytes; files can have 241 at most. Rename it, or give the event"
                + " a payload class with @InngestEvent, and set typeName there.",
            "@InngestFunction(id = \"f\", event = \"bad/"
                + LONG.substring(10)
                + "\")\nclass F { @Step void a() {} }"),
        mistake(
            ProblemCode.TWO_HANDLERS,
            "void second()",
            "The function has a second handler, second. Leave @Handler on one method.",
            HEAD + "class F { @Handler void first() {}\n@Handler void second() {} }"),
        mistake(
            ProblemCode.HANDLER_METHOD,
            "private void run()",
            "The method run is private, static or generic. Make it an instance method that is at least"
                + " package-private, without type parameters.",
            HEAD + "class F {\n@Handler private void run() {} }"),
        mistake(
            ProblemCode.HANDLER_METHOD,
            "void run()",
            "The method run is both a step and a handler. A handler calls steps; leave one of the two"
                + " annotations.",
            HEAD + "class F {\n@Handler @Step void run() {} }"),
        mistake(
            ProblemCode.HANDLER_PARAMETER,
            "service)",
            "The handler cannot be handed java.lang.String service. It takes the event (DoneEvent), its"
                + " payload (Data), Steps and FunctionContext; anything else is given to the"
                + " constructor.",
            HEAD + "class F {\n@Handler void run(String service) {} }"),
        mistake(
            ProblemCode.ON_FAILURE,
            "failure)",
            "The failure handler cannot be handed java.lang.Throwable failure. It takes"
                + " FunctionFailure<DoneEvent>, Steps and FunctionContext.",
            HEAD + "class F { @Step void a() {}\n@OnFailure void failed(Throwable failure) {} }"),
        mistake(
            ProblemCode.ON_FAILURE,
            "void c()",
            "The function has a second failure handler, c. Leave @OnFailure on one method.",
            HEAD + "class F { @Step void a() {} @OnFailure void b() {}\n@OnFailure void c() {} }"),
        mistake(
            ProblemCode.GENERATED_NAME,
            "class F {",
            "The class FFunction, which is to be generated, exists already. Rename one of the two"
                + " classes.",
            HEAD + "class F { @Step void a() {} }",
            "class FFunction {}"),
        mistake(
            ProblemCode.GENERATED_NAME,
            "\"bad/taken\"",
            "The class TakenEvent for the event \"bad/taken\" exists already. Rename it, or set"
                + " typeName.",
            "@InngestEvent(\"bad/taken\")\nrecord Bad(String a) {}",
            "class TakenEvent {}"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void oneMistakeIsOneErrorAtItsPlace(Mistake mistake) {
    String[] sources =
        Stream.concat(Stream.of(DATA), mistake.sources().stream()).toArray(String[]::new);

    Compiled compiled = Compiled.of(sources);

    assertThat(compiled.errors()).hasSize(1);
    Compiled.Message error = compiled.errors().get(0);
    assertThat(error.text()).isEqualTo("[inngest/" + mistake.code().code() + "] " + mistake.text());
    // javac points at the name of a declaration, the value of an annotation, or the annotation.
    String line = error.at();
    assertThat(
            mistake.at().contains(line.substring(0, Math.min(line.length(), 2)))
                || line.startsWith(mistake.at()))
        .as("%s points at: %s", mistake.at(), line)
        .isTrue();
    assertThat(error.file()).startsWith("bad/");
    assertThat(compiled.warnings()).isEmpty();
  }

  @Test
  void fiveMistakesAreFiveErrorsEachAtItsOwnPlace() {
    Compiled compiled =
        Compiled.of(
            DATA,
            IMPORTS
                + "@InngestFunction(id = \"Bad\", event = \"bad/done\", retries = 99)\n"
                + "class F {\n"
                + "  @Step private void one(DoneEvent event) {}\n"
                + "  @Step Thread two() { return null; }\n"
                + "  @Step(\"x>y\") void three(Data data) {}\n"
                + "}\n");

    assertThat(compiled.errors())
        .extracting(
            error ->
                error.line()
                    + " "
                    + error.text().replaceAll("].*", "]")
                    + " "
                    + error.at().split("[ ,)]", -1)[0])
        .containsExactlyInAnyOrder(
            "5 [inngest/function-id] \"Bad\"",
            "5 [inngest/retries] 99",
            "7 [inngest/step-private] one(DoneEvent",
            "8 [inngest/step-result] two(",
            "9 [inngest/step-id] \"x>y\"");
  }

  @Test
  void severalMistakesOfOneStepAreToldTogether() {
    Compiled compiled =
        Compiled.of(
            DATA,
            IMPORTS
                + HEAD
                + "class F {\n"
                + "  @Handler void run() {}\n"
                + "  @Step(\"x>y\") private static final Thread a(String... b) throws Throwable {\n"
                + "    return null; }\n"
                + "}\n");

    assertThat(compiled.errors())
        .extracting(error -> error.text().replaceAll("].*", "]"))
        .containsExactlyInAnyOrder(
            "[inngest/step-private]",
            "[inngest/step-static]",
            "[inngest/step-final]",
            "[inngest/step-varargs]",
            "[inngest/step-throws]",
            "[inngest/step-result]",
            "[inngest/step-id]");
    assertThat(compiled.errors()).extracting(Compiled.Message::line).containsOnly(8L);
  }

  @Test
  void anErrorDoesNotRemoveWhatOthersUse() {
    Compiled compiled =
        Compiled.of(
            DATA,
            IMPORTS + HEAD + "class F { @Step private void a(DoneEvent event) {} }",
            IMPORTS
                + "class Uses {\n"
                + "  Object definition = FFunction.define();\n"
                + "  Object reference = FFunction.REF;\n"
                + "  Object all = InngestFunctions.all();\n"
                + "  Object sent() { return InngestEvents.sendDoneEvent(new Data(\"\", 1)); }\n"
                + "}");

    assertThat(compiled.errors()).hasSize(1);
    assertThat(compiled.errors().get(0).text()).startsWith("[inngest/step-private]");
  }

  @Test
  void aStepThatThrowsATypeVariableIsAnError() {
    Compiled compiled =
        Compiled.of(
            DATA,
            IMPORTS + "abstract class Base<X extends Exception> { @Step void a() throws X {} }",
            IMPORTS + HEAD + "class F extends Base<java.io.IOException> {}");
    assertThat(compiled.errors())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/step-throws] Step a throws a type variable. Declare the real exception: it is"
                + " made again by its class.");
  }

  @Test
  void aStepThatCannotBeOverriddenFromAnotherPackageIsAnError() {
    String base =
        "package bad.base;\nimport dev.vibecoder.inngest.annotation.*;\n"
            + "public abstract class Base { @Step void hidden() {} @Step protected void shown() {} }";
    Compiled compiled =
        Compiled.of(DATA, base, IMPORTS + HEAD + "class F extends bad.base.Base {}");
    assertThat(compiled.errors())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/step-inherited] Step hidden is inherited from bad.base.Base in another package,"
                + " where it is package-private. Make it protected: it is overridden to be durable.");
  }

  @Test
  void unknownOptionsAreErrors() {
    Compiled compiled = Compiled.of(List.of("-Ainngest.pakage=x"), DATA);
    assertThat(compiled.errors())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/unknown-option] The option -Ainngest.pakage does not exist. Did you mean"
                + " \"inngest.package\"? Options are inngest.index.package, inngest.lint,"
                + " inngest.lock, inngest.lock.update, inngest.package, inngest.test.");
  }

  @Test
  void packagesWithNothingInCommonNeedAnOption() {
    String other =
        "package other;\nimport dev.vibecoder.inngest.annotation.*;\n"
            + "@InngestEvent(\"other/x\")\npublic record X(String a) {}";
    assertThat(Compiled.of(DATA, other).errors())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/module-package] The packages bad, other have nothing in common. Say where"
                + " InngestEvents and InngestFunctions go: -Ainngest.package=<package>.");
    Compiled told = Compiled.of(List.of("-Ainngest.package=app"), DATA, other);
    assertThat(told.errors()).isEmpty();
    assertThat(told.generatedPaths()).contains("app/InngestEvents.java");
  }

  @Test
  void aPayloadThatIsNotPublicHasNoSendMethodsElsewhere() {
    String hidden =
        "package bad.inner;\nimport dev.vibecoder.inngest.annotation.*;\n"
            + "@InngestEvent(\"bad/hidden\")\nrecord Hidden(String a) {}";
    Compiled compiled = Compiled.of(DATA, hidden);
    assertThat(compiled.success()).isTrue();
    assertThat(compiled.warnings())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/not-visible] There is no place for send methods for \"bad/hidden\" in"
                + " bad.InngestEvents: a type is not public. Make the payload and the result public to"
                + " have it.");
  }

  @Test
  void aTypeThatExistsNowhereIsTheCompilersErrorAlone() {
    Compiled compiled =
        Compiled.of(DATA, IMPORTS + HEAD + "class F { @Step Missing a() { return null; } }");
    assertThat(compiled.errors()).hasSize(1);
    assertThat(compiled.errors().get(0).text()).contains("cannot find symbol", "Missing");
  }

  @Test
  void aTypeThatExistsNowhereRemovesNothingThatOthersUse() {
    Compiled compiled =
        Compiled.of(
            DATA,
            IMPORTS
                + HEAD
                + "class F { F(String s) {} @Step Missing a(DoneEvent e) { return null; } }",
            IMPORTS
                + "@InngestFunction(id = \"g\", event = \"bad/plain\")\n"
                + "class G { @Step void a(PlainEvent e, Missnig m) {} }",
            IMPORTS
                + "class Uses { Object all = InngestFunctions.all(); Object f = FFunction.define(\"x\");\n"
                + "  Object done = InngestEvents.DONE_EVENT; Object plain = PlainEvent.NAME; }");
    assertThat(compiled.errors())
        .extracting(error -> error.text().replaceAll("(?s).*symbol: +class (\\w+).*", "$1"))
        .containsExactlyInAnyOrder("Missing", "Missnig");
  }

  @Test
  void aMissingMemberIsTheCompilersErrorAlone() {
    Compiled compiled =
        Compiled.of(
            DATA, IMPORTS + "@InngestFunction(event = \"bad/done\") class F { @Step void a() {} }");
    assertThat(compiled.errors()).hasSize(1);
    assertThat(compiled.errors().get(0).text()).contains("missing a default value", "id");
  }

  @Test
  void aPayloadThatAFunctionInAnotherPackageCannotNameIsAnError() {
    Compiled compiled =
        Compiled.of(
            DATA,
            "package bad.x; import dev.vibecoder.inngest.annotation.*;\n"
                + "@InngestEvent(\"bad/hidden\") record Hidden(String a) {}",
            IMPORTS
                + "@InngestFunction(id = \"f\", event = \"bad/hidden\") class F { @Step void a() {} }");
    assertThat(compiled.errors())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/type-access] The payload of \"bad/hidden\", bad.x.Hidden, is not public, and in"
                + " another package. Make it public: generated code of the function names it.");
  }

  @Test
  void aResultThatIsNotPublicHasNoConstantElsewhere() {
    Compiled compiled =
        Compiled.of(
            DATA,
            "package bad.x; record Hidden(String a) {}",
            "package bad.x; import dev.vibecoder.inngest.annotation.*; import java.util.*;\n"
                + HEAD
                + "class F { @Step List<Hidden[]> a() { return null; } }");
    assertThat(compiled.success()).isTrue();
    assertThat(compiled.warnings())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/not-visible] There is no place for a constant for \"f\" in"
                + " bad.InngestFunctions: a type is not public. Make the payload and the result public"
                + " to have it.");
  }

  @Test
  void eventsOfTheSameNameInTwoPackagesClashInInngestEvents() {
    Compiled compiled =
        Compiled.of(
            DATA,
            "package bad.x; import dev.vibecoder.inngest.annotation.*;\n"
                + "@InngestEvent(\"x/done\") public record Other(String a) {}");
    assertThat(compiled.errors())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/event-class-clash] The events \"x/done\" and \"bad/done\" would both get the"
                + " constant DONE_EVENT in InngestEvents. Set typeName on one of them.");
  }

  @Test
  void errorsComeInTheOrderOfTheSource() {
    Compiled compiled =
        Compiled.of(
            DATA,
            IMPORTS
                + "@InngestFunction(id = \"Bad\", event = \"bad/done\")\n"
                + "class F {\n"
                + "  @Step private void one() {}\n"
                + "  int state;\n"
                + "  @Step static void two() {}\n"
                + "}\n"
                + "class A {\n"
                + "  @Step void a() {}\n"
                + "}\n");
    assertThat(compiled.errors())
        .extracting(Compiled.Message::line)
        .containsExactly(12L, 5L, 7L, 8L, 9L);
  }
}
