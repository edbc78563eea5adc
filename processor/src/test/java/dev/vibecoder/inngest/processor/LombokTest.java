package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.ServiceLoader;
import javax.annotation.processing.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Lombok adds to a class is seen, whichever of the two processors is asked first. */
class LombokTest {
  private static final String IMPORTS =
      "package app;\n"
          + "import dev.vibecoder.inngest.*;\n"
          + "import dev.vibecoder.inngest.annotation.*;\n"
          + "import java.util.*;\n"
          + "import lombok.*;\n";
  private static final String ORDER =
      IMPORTS
          + "@InngestEvent(\"app/order.placed\") @Data @NoArgsConstructor @AllArgsConstructor\n"
          + "public class OrderPlaced { private String orderId; private int quantity; }";

  enum Order {
    LOMBOK_FIRST,
    LOMBOK_LAST
  }

  private static Compiled compile(Order order, String... sources) {
    Processor lombok =
        ServiceLoader.load(Processor.class).stream()
            .filter(provider -> provider.type().getName().startsWith("lombok.launch."))
            .map(ServiceLoader.Provider::get)
            .findFirst()
            .orElseThrow();
    Processor own = new InngestProcessor();
    return Compiled.with(
        List.of("-Xlint:all,-processing", "-Werror"),
        order == Order.LOMBOK_FIRST ? List.of(lombok, own) : List.of(own, lombok),
        sources);
  }

  @ParameterizedTest
  @EnumSource
  void theGeneratedClassCallsTheConstructorThatLombokAdded(Order order) {
    Compiled compiled =
        compile(
            order,
            ORDER,
            IMPORTS
                + "@InngestFunction(id = \"bill\", event = \"app/order.placed\")\n"
                + "@RequiredArgsConstructor\n"
                + "public class Bill {\n"
                + "  private final StringBuilder prices;\n"
                + "  @Step String price(OrderPlaced order) { return prices + order.getOrderId();"
                + " }\n"
                + "  @Step int send(OrderPlacedEvent event, String price, int quantity) {\n"
                + "    return event.data().getQuantity();\n"
                + "  }\n"
                + "}",
            IMPORTS
                + "class Uses {\n"
                + "  Object defined = BillFunction.define(new StringBuilder());\n"
                + "  FunctionRef<OrderPlaced, Integer> ref = InngestFunctions.BILL;\n"
                + "}");
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.warnings()).isEmpty();
    assertThat(compiled.generated("app/BillFunction.java"))
        .contains("define(StringBuilder prices)");
    assertThat(compiled.generated("META-INF/inngest/events.d.ts"))
        .contains("orderId", "quantity: number");
  }

  @ParameterizedTest
  @EnumSource
  void expressionsAreCheckedAgainstThePropertiesThatLombokAdded(Order order) {
    String function =
        "@InngestFunction(id = \"bill\", event = \"app/order.placed\","
            + " when = \"event.data.%s > 1\")\n"
            + "public class Bill { @Step int price(OrderPlaced order) { return 1; } }";
    assertThat(compile(order, ORDER, IMPORTS + function.formatted("quantity")).errors()).isEmpty();

    Compiled wrong = compile(order, ORDER, IMPORTS + function.formatted("quantiti"));
    assertThat(wrong.errors()).hasSize(1);
    Compiled.Message error = wrong.errors().get(0);
    assertThat(error.text()).startsWith("[inngest/expression-field]").contains("\"quantity\"");
    assertThat(error.file()).isEqualTo("app/Bill.java");
    assertThat(error.line()).isEqualTo(6);
    assertThat(error.at()).startsWith("\"event.data.quantiti");
  }

  @ParameterizedTest
  @EnumSource
  void aValueThatJacksonCanBuildIsAResult(Order order) {
    Compiled compiled =
        compile(
            order,
            ORDER,
            IMPORTS
                + "@InngestFunction(id = \"bill\", event = \"app/order.placed\")\n"
                + "public class Bill { @Step Invoice price(OrderPlaced order) { return null; } }",
            IMPORTS
                + "@Value @Builder @lombok.extern.jackson.Jacksonized public class Invoice {\n"
                + "  String text; int quantity; }");
    assertThat(compiled.errors()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aValueThatJacksonCannotReadIsNone(Order order) {
    Compiled compiled =
        compile(
            order,
            ORDER,
            IMPORTS
                + "@InngestFunction(id = \"bill\", event = \"app/order.placed\")\n"
                + "public class Bill { @Step Invoice price(OrderPlaced order) { return null; } }",
            IMPORTS + "@Value public class Invoice { String text; int quantity; }");
    assertThat(compiled.errors())
        .extracting(Compiled.Message::text)
        .containsExactly(
            "[inngest/step-result] The result of step price cannot be kept as JSON: Invoice:"
                + " app.Invoice, which has neither a constructor without parameters nor a"
                + " @JsonCreator. Return a record, or another type that Jackson can write and"
                + " read.");
  }

  @ParameterizedTest
  @EnumSource
  void theBadComponentOfAClassThatLombokCompletesIsNamed(Order order) {
    Compiled compiled =
        compile(
            order,
            ORDER,
            IMPORTS
                + "@InngestFunction(id = \"bill\", event = \"app/order.placed\")\n"
                + "public class Bill { @Step Invoice price(OrderPlaced order) { return null; } }",
            IMPORTS + "@Data public class Invoice { private List<Item> items; }",
            IMPORTS + "@Data public class Item { private java.io.InputStream stream; }");
    assertThat(compiled.errors()).hasSize(1);
    assertThat(compiled.errors().get(0).text())
        .contains("Invoice.items[].stream: java.io.InputStream");
  }

  @Test
  void whatLombokLeavesBehindInSourcesIsNotWaitedFor() {
    Compiled compiled =
        Compiled.of(
            List.of("-Xlint:all,-processing", "-Werror"),
            IMPORTS
                + "@InngestEvent(\"app/done\")\n"
                + "@lombok.Generated public class Done {\n"
                + "  @lombok.NonNull private final String id = \"\";\n"
                + "  public String getId() { return id; }\n"
                + "  public void setId(String id) {}\n"
                + "}");
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.generatedPaths()).contains("app/DoneEvent.java");
  }
}
