package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Jackson can write and read is accepted as a payload and as a result; nothing else is. */
class PayloadJsonTest {
  private static final String IMPORTS =
      "package app;\n"
          + "import com.fasterxml.jackson.annotation.*;\n"
          + "import com.fasterxml.jackson.databind.JsonNode;\n"
          + "import com.fasterxml.jackson.databind.annotation.*;\n"
          + "import com.fasterxml.jackson.databind.node.ObjectNode;\n"
          + "import dev.vibecoder.inngest.*;\n"
          + "import dev.vibecoder.inngest.annotation.*;\n"
          + "import java.io.InputStream;\n"
          + "import java.util.*;\n";

  /** Members of a class; one of them is the record or class Value. */
  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("Value.in: java.io.InputStream", "public record Value(InputStream in) {}"),
        Arguments.of(
            "Value.s: app.Holder.S, which is abstract and has no @JsonTypeInfo",
            "public record Value(S s) {} public sealed interface S {} public record A() implements"
                + " S {}"),
        Arguments.of(
            "Value.s as A.in: java.io.InputStream",
            "public record Value(S s) {}\n"
                + "@JsonTypeInfo(use = JsonTypeInfo.Id.NAME) public sealed interface S {}\n"
                + "public record A(InputStream in) implements S {}"),
        Arguments.of(
            "Value.t: java.lang.Thread",
            "@JsonIgnoreProperties(ignoreUnknown = true) public record Value(String id, Thread t)"
                + " {}"),
        Arguments.of(
            "Value.t: java.lang.Thread",
            "@JsonIgnoreProperties(\"in\") public record Value(InputStream in, Thread t) {}"),
        Arguments.of(
            "Value.t: java.lang.Thread",
            "@JsonPropertyOrder(\"t\") @JsonInclude(JsonInclude.Include.NON_NULL)\n"
                + "public record Value(@JsonProperty(\"x\") Thread t) {}"),
        Arguments.of(
            "Value.pages[].in: java.io.InputStream",
            "public record Value(List<? extends Page> pages) {} public record Page(InputStream in)"
                + " {}"));
  }

  static Stream<String> accepted() {
    return Stream.of(
        "public record Value(JsonNode node, ObjectNode object, Object any, Map<String, ?> map) {}",
        "public record Value(Page<String> page, Page<List<Integer>> pages) {}\n"
            + "public record Page<T>(List<T> items, Optional<T> next, Page<T> more) {}",
        "public static class Value {\n"
            + "  private final String id;\n"
            + "  @JsonCreator Value(@JsonProperty(\"id\") String id) { this.id = id; }\n"
            + "  public String getId() { return id; }\n"
            + "}",
        "public record Value(@JsonSerialize(using ="
            + " com.fasterxml.jackson.databind.ser.std.ToStringSerializer.class) Thread thread,\n"
            + "  @JsonIgnore InputStream in) {}",
        "@JsonIgnoreProperties({\"in\", \"time_out\"})\n"
            + "public record Value(String id, InputStream in, @JsonProperty(\"time_out\") Thread t)"
            + " {}",
        "@JsonIncludeProperties(\"id\") public record Value(String id, InputStream in) {}",
        "public static class Value {\n"
            + "  private String issuer;\n"
            + "  public String getIssuer() { return issuer; }\n"
            + "  public void setIssuer(String issuer) { this.issuer = issuer; }\n"
            + "  public java.util.stream.Stream<String> issues() { return null; }\n"
            + "  public java.util.stream.Stream<String> isolated() { return null; }\n"
            + "}",
        "@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)\n"
            + "public static class Value { private String id; private int count;\n"
            + "  public String getId() { return id; } }",
        "public record Value(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object any, S s) {}\n"
            + "@JsonTypeInfo(use = JsonTypeInfo.Id.NAME) public sealed interface S {}\n"
            + "public record A(int count) implements S {}",
        "public record Value(Ignored ignored) {}\n"
            + "@JsonIgnoreType public record Ignored(InputStream in) {}",
        "public record Value(Number number, CharSequence text, Iterable<String> texts) {}",
        "public record Value(Tree tree) {}\n"
            + "public static class Tree { @JsonManagedReference public List<Tree> children;\n"
            + "  @JsonBackReference public Tree parent; }");
  }

  @ParameterizedTest
  @MethodSource
  void refused(String path, String members) {
    Compiled payload = payload(members);
    assertThat(payload.errors())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/event-payload] The payload Value cannot be kept as JSON: "
                + path
                + ". Make it of records, or of other types that Jackson can write and read.");
    assertThat(payload.errors().get(0).at())
        .startsWith(members.contains("class Value") ? "class Value" : "record Value");
    assertThat(result(members).errors())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/step-result] The result of step a cannot be kept as JSON: "
                + path
                + ". Return a record, or another type that Jackson can write and read.");
  }

  @ParameterizedTest
  @MethodSource
  void accepted(String members) {
    assertThat(payload(members).errors()).isEmpty();
    assertThat(result(members).errors()).isEmpty();
  }

  private static Compiled payload(String members) {
    return Compiled.of(
        IMPORTS
            + "public class Holder {\n"
            + members.replaceFirst(
                "(public (static )?(record|class) Value)", "@InngestEvent(\"a/b\") $1")
            + "\n}");
  }

  private static Compiled result(String members) {
    return Compiled.of(
        IMPORTS + "public class Holder {\n" + members + "\n}",
        IMPORTS
            + "@InngestFunction(id = \"f\", event = \"a/plain\")\n"
            + "class F { @Step Holder.Value a() { return null; } }");
  }
}
