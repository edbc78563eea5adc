package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a module promises to others, as files. */
class ContractTest {
  private static final Path GOLDEN = Path.of("src/test/resources/contracts");
  private static final List<String> FILES =
      List.of(
          "META-INF/inngest/events.schema.json",
          "META-INF/inngest/events.d.ts",
          "META-INF/inngest/asyncapi.json",
          "META-INF/inngest/functions.mmd",
          "META-INF/native-image/shop/inngest/reachability-metadata.json");
  private static final String IMPORTS =
      "package shop;\n"
          + "import com.fasterxml.jackson.annotation.*;\n"
          + "import dev.vibecoder.inngest.*;\n"
          + "import dev.vibecoder.inngest.annotation.*;\n"
          + "import java.math.*; import java.time.*; import java.util.*;\n"
          + "import org.jspecify.annotations.Nullable;\n";
  private static final String[] SHOP = {
    IMPORTS
        + """
        @InngestEvent("shop/order.placed")
        public record OrderPlaced(
            String orderId, List<Line> lines, Payment payment, @Nullable Instant due,
            Map<String, BigDecimal> totals, Status status, Optional<String> note) {
          public enum Status { @JsonProperty("new") NEW, PAID }
        }
        """,
    IMPORTS + "public record Line(String sku, int count, @Nullable Line bundle) {}",
    IMPORTS
        + """
        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
        public sealed interface Payment permits Card, Cash {}
        """,
    IMPORTS + "@JsonTypeName(\"card\") public record Card(String number) implements Payment {}",
    IMPORTS + "@JsonTypeName(\"cash\") public record Cash(BigDecimal given) implements Payment {}",
    IMPORTS
        + """
        @InngestEvent("shop/order.shipped")
        public record OrderShipped(String orderId, @JsonProperty("tracking-url") java.net.URI tracking) {}
        """,
    IMPORTS + "public record Receipt(UUID id, byte[] pdf, Object anything) {}",
    IMPORTS
        + """
        @InngestFunction(id = "fulfil-order", event = "shop/order.placed", description = "Ships <it>.")
        public class FulfilOrder {
          @Step String reserve(OrderPlaced order) { return ""; }
          @Step("pay \\"now\\"") void pay(String reserve) {}
          @Step Receipt finish(OrderPlacedEvent event) { return null; }
        }
        """,
    IMPORTS
        + """
        @InngestFunction(id = "audit", event = {"shop/*", "legacy/thing"})
        public class Audit {
          @Handler void run(Steps step) { note("a"); }
          @Step List<Receipt> note(@StepKey String key) { return List.of(); }
        }
        """,
    IMPORTS
        + """
        @InngestFunction(id = "nightly")
        @Cron("0 3 * * *")
        public class Nightly {
          @Handler int run(Steps step) { step.send(OrderShippedEvent.of(null)); return 1; }
        }
        """
  };

  @Test
  void everyFileIsAsItIsKept() throws IOException {
    Compiled compiled = Compiled.of(List.of("-Xlint:all,-processing"), SHOP);
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.warnings()).isEmpty();
    for (String file : FILES) {
      Path golden = GOLDEN.resolve(Path.of(file).getFileName().toString());
      if (Boolean.getBoolean("contracts.update")) {
        Files.createDirectories(GOLDEN);
        Files.writeString(golden, compiled.generated(file));
      }
      assertThat(compiled.generated(file)).as(file).isEqualTo(Files.readString(golden));
    }
  }

  @Test
  void theOrderOfTheFilesMakesNoDifference() {
    Compiled one = Compiled.of(SHOP);
    List<String> sources = new java.util.ArrayList<>(List.of(SHOP));
    java.util.Collections.reverse(sources);
    Compiled other = Compiled.of(sources.toArray(String[]::new));
    for (String file : FILES) {
      assertThat(other.generated(file)).as(file).isEqualTo(one.generated(file));
    }
  }

  @Test
  void jsonIsWellFormedAndEveryReferenceLeadsSomewhere() throws IOException {
    Compiled compiled = Compiled.of(SHOP);
    for (String file : FILES) {
      if (file.endsWith(".json")) {
        JsonNode document = new ObjectMapper().readTree(compiled.generated(file));
        for (JsonNode reference : document.findValues("$ref")) {
          assertThat(document.at(reference.asText().substring(1)).isMissingNode())
              .as("%s in %s", reference, file)
              .isFalse();
        }
      }
    }
  }

  @Test
  void typesOfTheSameSimpleNameAreToldApart() {
    Compiled compiled =
        Compiled.of(
            "package shop.a; public record Item(String a) {}",
            "package shop.b; public record Item(int b) {}",
            "package shop; public record Box<T>(T in) {}",
            IMPORTS
                + "@InngestEvent(\"a/b\")\n"
                + "public record P(shop.a.Item one, shop.b.Item two, Box<shop.a.Item> three,"
                + " Box<List<String>> four) {}");
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.generated("META-INF/inngest/events.d.ts"))
        .contains(
            "one: shop_a_Item;",
            "two: shop_b_Item;",
            "three: BoxOfItem;",
            "four: BoxOfListAndString;",
            "export type shop_a_Item = {",
            "in: string[];");
  }

  @Test
  void aModuleWithoutFunctionsAndEventsPromisesNothing() {
    assertThat(Compiled.of("package app;\npublic class A {}").generatedPaths()).isEmpty();
  }

  @Test
  void nothingIsPromisedThatDoesNotCompile() {
    Compiled compiled =
        Compiled.of(
            IMPORTS + "@InngestEvent(\"a/b\") public record P(String a) {}",
            IMPORTS
                + "@InngestFunction(id = \"Bad Id\", event = \"a/b\")\n"
                + "public class F { @Step void a() {} }");
    assertThat(compiled.errors()).hasSize(1);
    assertThat(compiled.generatedPaths()).noneMatch(path -> path.startsWith("META-INF/inngest/"));
  }
}
