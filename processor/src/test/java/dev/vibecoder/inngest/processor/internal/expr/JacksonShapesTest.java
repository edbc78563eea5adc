package dev.vibecoder.inngest.processor.internal.expr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonIgnoreType;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.vibecoder.inngest.internal.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shapes are what the runtime really writes. */
@SuppressWarnings({"UnusedVariable", "JavaUtilDate"}) // Jackson reads them
class JacksonShapesTest {
  private static final ObjectMapper MAPPER = Json.mapper();
  private static final TypedSource SOURCE =
      TypedSource.of(
          """
          package shop;

          import java.util.*;

          class Holder {
            Page<Map<String, Integer>> page;
            List<? extends Number> numbers;
            Missing missing;
            List<Missing> list;
            Pair<String, Pair<Boolean, int[]>> pair;
          }

          record Page<T>(List<T> items, T first) {}

          record Pair<A, B>(A left, B right) {}

          abstract class Shape {}
          """);

  record Leaves(
      String text,
      char letter,
      int count,
      Long big,
      double rate,
      BigDecimal amount,
      BigInteger huge,
      boolean on,
      Boolean maybe,
      UUID id,
      URI uri,
      Locale locale,
      Currency currency,
      Instant instant,
      LocalDate date,
      Duration duration,
      Date old,
      ZoneOffset offset,
      DayOfWeek day,
      byte[] bytes,
      char[] letters,
      int[] numbers,
      List<String> texts,
      Set<Long> longs,
      Map<String, Boolean> flags,
      Optional<String> perhaps,
      OptionalInt number,
      JsonNode node) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Snake(
      String orderId, String orderURLPart, String a1B2, String x, String _under, String URL) {}

  @JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
  record Kebab(String orderId, String orderURLPart, String a1B2, String x) {}

  @JsonNaming(PropertyNamingStrategies.LowerDotCaseStrategy.class)
  record Dotted(String orderId, String orderURLPart) {}

  @JsonNaming(PropertyNamingStrategies.UpperSnakeCaseStrategy.class)
  record Loud(String orderId, String orderURLPart) {}

  @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
  record Pascal(String orderId, @JsonProperty("kept") String other) {}

  @JsonNaming(PropertyNamingStrategies.LowerCaseStrategy.class)
  record Lower(String orderId) {}

  @JsonIgnoreType
  record Secret(String hidden) {}

  record Annotated(
      @JsonProperty("renamed") String one,
      @JsonFormat(shape = JsonFormat.Shape.STRING) long asText,
      @JsonFormat(shape = JsonFormat.Shape.NUMBER) Instant asNumber,
      @JsonIgnore String never,
      Secret secret,
      @JsonUnwrapped(prefix = "home_", suffix = "_x") Place home,
      @JsonRawValue String raw,
      @JsonSerialize(using = ToStringSerializer.class) long printed,
      @JsonAlias("other") String read) {
    public String getExtra() {
      return "extra";
    }

    @JsonGetter("derived")
    public int derive() {
      return 1;
    }

    public boolean isEven() {
      return true;
    }
  }

  record Place(String city, int zip) {}

  enum Plain {
    ONE,
    @JsonProperty("second")
    TWO
  }

  enum Coded {
    A(1);

    private final int code;

    Coded(int code) {
      this.code = code;
    }

    @JsonValue
    int code() {
      return code;
    }
  }

  record Wrapped(@JsonValue String value) {}

  record Enums(Plain one, Plain two, Coded coded, Wrapped wrapped, Set<Plain> several) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({@JsonSubTypes.Type(Card.class), @JsonSubTypes.Type(Cash.class)})
  sealed interface Payment {
    String currency();
  }

  record Card(String currency, String number) implements Payment {}

  record Cash(String currency, int coins) implements Payment {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "kind")
  interface Open {}

  record OpenOne(String one) implements Open {}

  record Payments(Payment card, Payment cash, Open open, Card exact) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
  record Boxed(String inside) {}

  record Tagged(
      @JsonTypeInfo(
              use = JsonTypeInfo.Id.NAME,
              include = JsonTypeInfo.As.EXTERNAL_PROPERTY,
              property = "t")
          Object external,
      External outside) {}

  @JsonTypeInfo(
      use = JsonTypeInfo.Id.CLASS,
      include = JsonTypeInfo.As.EXTERNAL_PROPERTY,
      property = "type")
  interface External {}

  record ExternalOne(String one) implements External {}

  static class Base {
    public String open = "open";
    private String hidden = "hidden";
    protected String inherited = "inherited";

    public String getURLPath() {
      return hidden;
    }

    public String getInherited() {
      return inherited;
    }
  }

  @JsonIgnoreProperties({"open", "gone"})
  static class Bean extends Base {
    private final String name = "name";
    @JsonProperty private final int own = 1;
    @JsonIgnore private final String secret = "secret";
    static String shared = "shared";
    transient String passing = "passing";

    public String getName() {
      return name;
    }

    public boolean isActive() {
      return true;
    }

    public Boolean getReady() {
      return false;
    }

    public String getSecret() {
      return secret;
    }

    public String getGone() {
      return "gone";
    }

    String getPackagePrivate() {
      return "x";
    }

    public String isText() {
      return "x";
    }

    public String withArgument(String x) {
      return x;
    }
  }

  @JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
  static class Fields {
    private final int a = 1;
    private final String b = "b";

    @JsonAnyGetter
    Map<String, Integer> others() {
      return Map.of("c", 3);
    }
  }

  @JsonIncludeProperties("kept")
  static class Chosen {
    public String kept = "kept";
    public String left = "left";
  }

  static Stream<Object> values() {
    return Stream.of(
        new Leaves(
            "a",
            'b',
            1,
            2L,
            1.5,
            BigDecimal.ONE,
            BigInteger.TEN,
            true,
            false,
            new UUID(1, 2),
            URI.create("a:b"),
            Locale.ROOT,
            Currency.getInstance("EUR"),
            Instant.EPOCH,
            LocalDate.EPOCH,
            Duration.ofDays(1),
            new Date(0),
            ZoneOffset.UTC,
            DayOfWeek.MONDAY,
            "x".getBytes(StandardCharsets.UTF_8),
            new char[] {'a'},
            new int[] {1},
            List.of("a"),
            Set.of(1L),
            Map.of("a", true),
            Optional.of("a"),
            OptionalInt.of(1),
            TextNode.valueOf("a")),
        new Snake("a", "b", "c", "d", "e", "f"),
        new Kebab("a", "b", "c", "d"),
        new Dotted("a", "b"),
        new Loud("a", "b"),
        new Pascal("a", "b"),
        new Lower("a"),
        new Annotated("a", 1, Instant.EPOCH, "b", new Secret("c"), new Place("d", 1), "1", 2, "e"),
        new Enums(Plain.ONE, Plain.TWO, Coded.A, new Wrapped("a"), Set.of(Plain.ONE)),
        new Payments(
            new Card("EUR", "1"), new Cash("EUR", 2), new OpenOne("a"), new Card("EUR", "2")),
        new Boxed("a"),
        new Tagged(new Card("EUR", "1"), new ExternalOne("a")),
        new Bean(),
        new Fields(),
        new Chosen());
  }

  @ParameterizedTest
  @MethodSource("values")
  void aShapeIsWhatIsWritten(Object value) throws IOException {
    Shape shape = SOURCE.shapes().of(SOURCE.external(value.getClass()));
    conforms(
        MAPPER.readTree(MAPPER.writeValueAsBytes(value)), shape, value.getClass().getSimpleName());
  }

  private static void conforms(JsonNode json, Shape shape, String path) {
    if (shape.equals(Shapes.ANY)) {
      return;
    }
    assertThat(shape.alternatives())
        .as(path + ": " + json)
        .anySatisfy(
            one -> {
              if (one instanceof Shape.Fields fields) {
                assertThat(json.isObject()).isTrue();
                Set<String> names = new TreeSet<>();
                json.fieldNames().forEachRemaining(names::add);
                Map<String, Shape> known = fields.content().fields();
                names.forEach(
                    name -> {
                      if (known.containsKey(name)) {
                        conforms(json.get(name), known.get(name), path + "." + name);
                      } else {
                        assertThat(fields.content().open()).as(path + "." + name).isTrue();
                      }
                    });
              } else if (one instanceof Shape.MapOf map) {
                assertThat(json.isObject()).isTrue();
                json.forEach(element -> conforms(element, map.value(), path + "{}"));
              } else if (one instanceof Shape.ListOf list) {
                assertThat(json.isArray()).isTrue();
                json.forEach(element -> conforms(element, list.element(), path + "[]"));
              } else if (one instanceof Shape.Text text) {
                assertThat(json.isTextual()).isTrue();
                if (text.constants() != null) {
                  assertThat(text.constants()).contains(json.textValue());
                }
              } else {
                assertThat(one)
                    .isEqualTo(
                        json.isBoolean() ? Shapes.BOOL : json.isNumber() ? Shapes.DOUBLE : one);
                assertThat(json.isBoolean() || json.isNumber()).isTrue();
              }
            });
  }

  private static Set<String> names(Class<?> type) {
    return content(SOURCE.shapes().of(SOURCE.external(type))).fields().keySet();
  }

  private static Shape.Fields.Content content(Shape shape) {
    return ((Shape.Fields) shape).content();
  }

  @Test
  void nothingElseIsKnown() {
    assertThat(names(Snake.class))
        .containsExactlyInAnyOrder(written(new Snake("a", "b", "c", "d", "e", "f")));
    assertThat(names(Bean.class)).containsExactlyInAnyOrder(written(new Bean()));
    assertThat(names(Chosen.class)).containsExactlyInAnyOrder(written(new Chosen()));
    assertThat(names(Cash.class)).containsExactlyInAnyOrder(written(new Cash("EUR", 1)));
    assertThat(names(Tagged.class))
        .contains("t")
        .containsExactlyInAnyOrder(written(new Tagged(new Card("EUR", "1"), new ExternalOne("a"))));
    assertThat(names(Annotated.class))
        .as("what is read is known as well")
        .containsExactlyInAnyOrder(
            "renamed",
            "asText",
            "asNumber",
            "home_city_x",
            "home_zip_x",
            "raw",
            "printed",
            "read",
            "other",
            "extra",
            "derived",
            "even");
  }

  private static String[] written(Object value) {
    Set<String> names = new TreeSet<>();
    MAPPER.valueToTree(value).fieldNames().forEachRemaining(names::add);
    return names.toArray(String[]::new);
  }

  @Test
  void aSealedTypeHasTheFieldsOfAllItsClasses() {
    assertThat(names(Payment.class)).contains("@type", "currency", "number", "coins");
    assertThat(content(SOURCE.shapes().of(SOURCE.external(Payment.class))).open()).isFalse();
    assertThat(content(SOURCE.shapes().of(SOURCE.external(Open.class))).open()).isTrue();
  }

  @Test
  void constantsOfEnumsAreTheirNamesInJson() {
    assertThat(SOURCE.shapes().of(SOURCE.external(Plain.class)))
        .isEqualTo(new Shape.Text(Set.of("ONE", "second")));
    assertThat(SOURCE.shapes().of(SOURCE.external(Coded.class))).isEqualTo(Shapes.DOUBLE);
  }

  @Test
  void typeArgumentsAreFollowed() {
    Map<String, Shape> page = content(SOURCE.shapes().of(SOURCE.field("Holder", "page"))).fields();
    assertThat(page.get("items")).isEqualTo(new Shape.ListOf(new Shape.MapOf(Shapes.DOUBLE)));
    Map<String, Shape> pair = content(SOURCE.shapes().of(SOURCE.field("Holder", "pair"))).fields();
    assertThat(content(Objects.requireNonNull(pair.get("right"))).fields())
        .containsEntry("left", Shapes.BOOL)
        .containsEntry("right", new Shape.ListOf(Shapes.DOUBLE));
    assertThat(SOURCE.shapes().of(SOURCE.field("Holder", "numbers")))
        .isEqualTo(new Shape.ListOf(Shapes.DOUBLE));
    assertThat(content(SOURCE.shapes().of(SOURCE.type("Page"))).fields().get("first"))
        .as("a type variable can be anything")
        .isEqualTo(Shapes.ANY);
  }

  @Test
  void typesThatDoNotExistCanBeAnything() {
    assertThat(SOURCE.shapes().of(SOURCE.field("Holder", "missing"))).isEqualTo(Shapes.ANY);
    assertThat(SOURCE.shapes().of(SOURCE.field("Holder", "list")))
        .isEqualTo(new Shape.ListOf(Shapes.ANY));
    assertThat(SOURCE.shapes().of(SOURCE.external(Year.class))).isEqualTo(Shapes.ANY);
    assertThat(SOURCE.shapes().of(SOURCE.external(Arrays.class))).isEqualTo(Shapes.ANY);
    assertThat(content(SOURCE.shapes().of(SOURCE.type("Shape"))).open()).isTrue();
  }
}
