package dev.vibecoder.inngest.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.TypeRef;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriteTest {
  private static final long LIMIT = 1L << 53;

  record Line(String sku, Object amount) {}

  record Order(String id, List<Line> lines, Map<String, Object> extra) {}

  record AsText(@JsonFormat(shape = JsonFormat.Shape.STRING) long id) {}

  record Raw(@JsonRawValue String raw, int after) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({@JsonSubTypes.Type(Circle.class), @JsonSubTypes.Type(Square.class)})
  sealed interface Shape {}

  @JsonTypeName("circle")
  record Circle(int r) implements Shape {}

  @JsonTypeName("square")
  record Square(int a) implements Shape {}

  private static String write(@Nullable Object value) {
    return new String(Json.write(value, "the thing"), StandardCharsets.UTF_8);
  }

  static Stream<Object> exact() {
    return Stream.of(
        0,
        -1,
        LIMIT,
        -LIMIT,
        (short) 7,
        (byte) 7,
        BigInteger.valueOf(LIMIT),
        0.1,
        -0.0,
        0.1f,
        Double.MAX_VALUE,
        Double.MIN_VALUE,
        1e300,
        new BigDecimal("19.99"),
        new BigDecimal("123456789012345"),
        new BigDecimal("0.123456789012345"),
        new BigDecimal("1234567.89012345000000000000000000"),
        new BigDecimal("0.1"),
        new BigDecimal("0E-400"),
        new BigDecimal("1E+22"),
        new BigDecimal("0.30000000000000004"),
        new BigDecimal("9007199254740993.0").subtract(BigDecimal.ONE),
        new long[] {1, LIMIT},
        new double[] {0.5, -1},
        new float[] {0.5f});
  }

  @ParameterizedTest
  @MethodSource("exact")
  void writesWhatADoubleCarries(Object value) throws IOException {
    assertThat(Json.mapper().readTree(write(value)).toString()).isNotEmpty();
    assertThat(write(new Line("a", value))).startsWith("{\"sku\":\"a\",\"amount\":");
  }

  static Stream<Object> inexact() {
    return Stream.of(
        LIMIT + 1,
        -LIMIT - 1,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        BigInteger.valueOf(LIMIT + 1),
        BigInteger.TEN.pow(400),
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Float.NaN,
        Float.NEGATIVE_INFINITY,
        new BigDecimal("0.12345678901234567"),
        new BigDecimal("9007199254740993"),
        new BigDecimal("1234567890.12345678"),
        new BigDecimal("1E+400"),
        new BigDecimal("1E-400"),
        new BigDecimal("1E-100000000"),
        new BigDecimal("0.1").add(new BigDecimal("1E-200")),
        JsonNodeFactory.instance.numberNode(LIMIT + 1),
        JsonNodeFactory.instance.numberNode(Double.NaN),
        new long[] {1, LIMIT + 1},
        new double[] {0, Double.NaN},
        new float[] {Float.NaN},
        Optional.of(LIMIT + 1),
        Duration.ofDays(1).plusNanos(1).toNanos() * 1_000);
  }

  @ParameterizedTest
  @MethodSource("inexact")
  void refusesWhatWouldArriveChangedAndNamesThePlaceAndTheCure(Object value) {
    assertThatThrownBy(() -> write(new Order("o", List.of(), Map.of("k", value))))
        .isInstanceOf(NonRetriableException.class)
        .hasMessageContaining("the thing")
        .hasMessageContaining("extra.k")
        .hasMessageContaining("JsonFormat.Shape.STRING");
  }

  @Test
  void namesThePathThroughRecordsListsAndMaps() {
    Order order = new Order("o", List.of(new Line("a", 1), new Line("b", LIMIT + 1)), Map.of());
    assertThatThrownBy(() -> write(order))
        .hasMessageContaining("the number 9007199254740993 at lines[1].amount would");
    assertThatThrownBy(() -> write(Map.of("m", Map.of("n", List.of(List.of(LIMIT + 1))))))
        .hasMessageContaining("at m.n[0][0] would");
    assertThatThrownBy(() -> write(List.of(List.of(), List.of(1, 2, LIMIT + 1))))
        .hasMessageContaining("at [1][2] would");
    assertThatThrownBy(() -> write(LIMIT + 1)).hasMessageContaining("9007199254740993 would");
    assertThatThrownBy(() -> write(List.of(0, LIMIT + 1))).hasMessageContaining("at [1] would");
  }

  @Test
  void doesNotPrintAMillionDigits() {
    assertThatThrownBy(() -> write(BigInteger.TEN.pow(1_000_000)))
        .isInstanceOf(NonRetriableException.class)
        .message()
        .hasSizeLessThan(500);
    assertThatThrownBy(() -> write(new BigDecimal(BigInteger.TEN.pow(100_000).add(BigInteger.ONE))))
        .isInstanceOf(NonRetriableException.class)
        .message()
        .hasSizeLessThan(500);
  }

  @Test
  void decimalsAreAcceptedExactlyWhenTheyComeBack() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      int digits = 1 + random.nextInt(18);
      BigDecimal value =
          new BigDecimal(
              BigInteger.valueOf(random.nextLong((long) Math.pow(10, digits))),
              random.nextInt(40) - 20);
      // Not Double.toString, which is not always the shortest before Java 19.
      BigDecimal back = new BigDecimal(DoubleToDecimal.toString(value.doubleValue()));
      boolean accepted;
      try {
        write(value);
        accepted = true;
      } catch (NonRetriableException e) {
        accepted = false;
      }
      boolean survives = back.compareTo(value) == 0 || value.stripTrailingZeros().precision() <= 15;
      assertThat(accepted).as("%s", value).isEqualTo(survives);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.684341886080802E-14", "1.0722971331196373E+17", "5E-324", "-8.41E+21"})
  void theShortestDecimalOfADoubleIsAcceptedOnEveryJava(String decimal) {
    assertThat(write(new BigDecimal(decimal))).isEqualTo(decimal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.6843418860808015E-14", "4.9E-324"})
  void aLongerDecimalOfTheSameDoubleIsRefused(String decimal) {
    assertThatThrownBy(() -> write(new BigDecimal(decimal)))
        .isInstanceOf(NonRetriableException.class)
        .hasMessageContaining(decimal);
  }

  static Stream<Object> generic() {
    return Stream.of(
        new Object[] {new TypeRef<List<Shape>>() {}, List.of(new Circle(1), new Square(2))},
        new Object[] {new TypeRef<Map<String, Shape>>() {}, Map.of("c", new Circle(1))},
        new Object[] {new TypeRef<Optional<Shape>>() {}, Optional.of(new Square(2))},
        new Object[] {new TypeRef<List<List<Shape>>>() {}, List.of(List.of(new Circle(3)))},
        new Object[] {new TypeRef<List<Object>>() {}, List.of(1, "a", List.of(true))});
  }

  @ParameterizedTest
  @MethodSource("generic")
  void whatAGenericTypeHoldsKeepsItsTypeIds(TypeRef<?> type, Object value) throws IOException {
    byte[] json = Json.write(value, type, "the thing");
    assertThat(Json.read(json, 0, json.length, type)).isEqualTo(value);
  }

  @Test
  void rawValuesAreReadBeforeTheyAreWritten() {
    assertThat(write(new Raw("{\"a\": [1, 2.50, true, null]}", 7)))
        .isEqualTo("{\"raw\":{\"a\":[1,2.50,true,null]},\"after\":7}");
    assertThat(write(new Raw("5", 7))).isEqualTo("{\"raw\":5,\"after\":7}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"}{ not json", "", "{", "[1", "1 2", "9007199254740993", "0.12345678901234567890"})
  void rawValuesThatWouldBreakTheAnswerOrChangeAreRefused(String raw) {
    assertThatThrownBy(() -> write(new Raw(raw, 7)))
        .isInstanceOf(NonRetriableException.class)
        .hasMessageStartingWith("Cannot write the thing");
  }

  @Test
  void aFutureIsRefused() {
    assertThatThrownBy(() -> write(new java.util.concurrent.CompletableFuture<String>()))
        .isInstanceOf(NonRetriableException.class)
        .hasMessageContaining("Wait for it");
  }

  @Test
  void aFractionIsNoInteger() throws IOException {
    byte[] fraction = "1.9".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Json.read(fraction, 0, 3, TypeRef.of(Integer.class)))
        .isInstanceOf(IOException.class);
    byte[] whole = "1".getBytes(StandardCharsets.UTF_8);
    assertThat(Json.read(whole, 0, 1, TypeRef.of(Double.class))).isEqualTo(1.0);
  }

  @Test
  void aNumberTooLargeToBeReadIsAnOrdinaryProblem() {
    byte[] json = "[1.5E8833371342]".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Json.tree(json, 0, json.length)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Json.read(json, 0, json.length, new TypeRef<List<BigDecimal>>() {}))
        .isInstanceOf(IOException.class);
  }

  @Test
  void treesKeepDecimals() throws IOException {
    byte[] json = "{\"amount\":8.41e+21}".getBytes(StandardCharsets.UTF_8);
    assertThat(Json.tree(json, 0, json.length).get("amount").decimalValue())
        .isEqualByComparingTo("8.41e21");
  }

  @Test
  void aLongWrittenAsTextPasses() {
    assertThat(write(new AsText(Long.MAX_VALUE))).isEqualTo("{\"id\":\"9223372036854775807\"}");
  }

  @Test
  void timesAreWrittenAsText() {
    assertThat(write(Instant.parse("2024-01-01T00:00:00Z"))).isEqualTo("\"2024-01-01T00:00:00Z\"");
    assertThat(write(Duration.ofSeconds(90))).isEqualTo("\"PT1M30S\"");
    assertThat(write(LocalDate.of(2024, 1, 2))).isEqualTo("\"2024-01-02\"");
    assertThat(write(Optional.empty())).isEqualTo("null");
    assertThat(write(null)).isEqualTo("null");
  }

  @Test
  void whatContainsItselfIsRefused() {
    List<Object> self = new ArrayList<>();
    self.add(self);
    assertThatThrownBy(() -> write(self))
        .isInstanceOf(NonRetriableException.class)
        .hasMessageContaining("the thing");
  }

  /** What is written comes back inside a call request, whose reader stops at its own limit. */
  @ParameterizedTest
  @ValueSource(ints = {490, 500, 900})
  void whatIsTooDeepToBeReadBackIsRefusedWhereItIsWritten(int depth) {
    Object value = 1;
    for (int i = 0; i < depth; i++) {
      value = Arrays.asList(value);
    }
    Object deep = value;
    assertThatThrownBy(() -> write(deep))
        .isInstanceOf(NonRetriableException.class)
        .hasMessageContaining("the thing")
        .hasMessageContaining("nest");
  }

  @Test
  void whatIsNestedReasonablyIsWritten() {
    Object value = 1;
    for (int i = 0; i < 400; i++) {
      value = Arrays.asList(value);
    }
    assertThat(write(value)).startsWith("[[[[");
  }

  @Test
  void aValueThatCannotBeWrittenIsAFinalErrorThatNamesIt() {
    assertThatThrownBy(() -> write(new Object()))
        .isInstanceOf(NonRetriableException.class)
        .hasMessageContaining("the thing")
        .hasMessageContaining("java.lang.Object");
  }

  @Test
  void readingIsLenientAboutHowANumberIsWritten() throws IOException {
    assertThat(read("1", Double.class)).isEqualTo(1.0);
    assertThat(read("1", BigDecimal.class)).isEqualTo(BigDecimal.ONE);
    assertThat(read("\"5\"", Integer.class)).isEqualTo(5);
    assertThat(read("\"9007199254740993\"", Long.class)).isEqualTo(LIMIT + 1);
    assertThat(read("{\"id\":\"9007199254740993\",\"more\":1}", AsText.class))
        .isEqualTo(new AsText(LIMIT + 1));
    assertThat(read("null", Integer.class)).isNull();
  }

  private static @Nullable Object read(String json, Class<?> type) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return Json.read(bytes, 0, bytes.length, TypeRef.of(type));
  }
}
