package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.processor.internal.shape.Definition;
import dev.vibecoder.inngest.processor.internal.shape.Shape;
import dev.vibecoder.inngest.processor.internal.shape.Shapes;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import org.junit.jupiter.api.Test;

/** The shape of a type is what the runtime's mapper writes of its values. */
class ShapeTest {
  private static final String IMPORTS =
      "package app;\n"
          + "import com.fasterxml.jackson.annotation.*;\n"
          + "import com.fasterxml.jackson.databind.*;\n"
          + "import com.fasterxml.jackson.databind.annotation.*;\n"
          + "import com.fasterxml.jackson.databind.node.*;\n"
          + "import java.math.*; import java.net.*; import java.nio.charset.*; import java.nio.file.*;\n"
          + "import java.time.*; import java.util.*; import java.util.concurrent.atomic.*;\n"
          + "import org.jspecify.annotations.Nullable;\n";

  /** Describes the fields of the class Samples while it is compiled. */
  private static final class Describing extends AbstractProcessor {
    private final Map<String, Shape> fields = new TreeMap<>();
    private final Map<String, Definition> definitions = new TreeMap<>();

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      if (round.processingOver()) {
        Shapes shapes = new Shapes(processingEnv.getTypeUtils(), processingEnv.getElementUtils());
        TypeElement samples = processingEnv.getElementUtils().getTypeElement("app.Samples");
        ElementFilter.fieldsIn(samples.getEnclosedElements())
            .forEach(
                field -> fields.put(field.getSimpleName().toString(), shapes.of(field.asType())));
        definitions.putAll(shapes.definitions());
      }
      return false;
    }

    private Shape field(String name) {
      return Objects.requireNonNull(fields.get(name), name);
    }

    private String text(String field) {
      return text(field(field), Set.of());
    }

    private String text(Shape shape, Set<String> outer) {
      if (shape instanceof Shape.Named named) {
        Definition definition = Objects.requireNonNull(definitions.get(named.name()));
        if (outer.contains(named.name())) {
          return "^" + definition.type().replaceAll(".*\\.", "");
        }
        Set<String> inner = new java.util.HashSet<>(outer);
        inner.add(named.name());
        if (definition instanceof Definition.Fields fields) {
          return fields.fields().stream()
              .map(f -> f.name() + (f.required() ? "" : "?") + ": " + text(f.shape(), inner))
              .collect(Collectors.joining(", ", "{", fields.open() ? ", ...}" : "}"));
        }
        if (!(definition instanceof Definition.Union union)) {
          throw new AssertionError(definition);
        }
        return union.variants().stream()
            .map(v -> v.tag() + " " + text(v.shape(), inner))
            .collect(
                Collectors.joining(
                    " | ", "<" + union.tagging() + " " + union.property() + ": ", ">"));
      }
      if (shape instanceof Shape.Items items) {
        return "[" + text(items.element(), outer) + "]";
      }
      if (shape instanceof Shape.Entries entries) {
        return "map(" + text(entries.value(), outer) + ")";
      }
      if (shape instanceof Shape.Maybe maybe) {
        return text(maybe.value(), outer) + "?";
      }
      if (shape instanceof Shape.Choice choice) {
        return String.join("|", choice.values());
      }
      if (shape instanceof Shape.Text text) {
        return "text" + (text.format() == Shape.Format.PLAIN ? "" : "(" + text.format() + ")");
      }
      if (shape instanceof Shape.Numeric numeric) {
        return numeric.kind().name().toLowerCase(Locale.ROOT);
      }
      return shape.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
  }

  private static Describing describe(String declarations, String... types) {
    Describing describing = new Describing();
    describe(describing, declarations, types);
    return describing;
  }

  private static Compiled describe(Describing describing, String declarations, String... types) {
    String[] sources = new String[types.length + 1];
    sources[0] = IMPORTS + "public class Samples {\n" + declarations + "\n}";
    for (int i = 0; i < types.length; i++) {
      sources[i + 1] = IMPORTS + types[i];
    }
    Compiled compiled = Compiled.of(List.of(), List.of(describing), sources);
    assertThat(compiled.errors()).isEmpty();
    return compiled;
  }

  private static void assertShape(String expected, String type, String... types) {
    Describing describing = describe("public " + type + " x;", types);
    assertThat(describing.text("x")).as(type).isEqualTo(expected);
  }

  @Test
  void everySimpleValueIsWrittenAsItsShapeSays() throws ReflectiveOperationException {
    Describing describing = new Describing();
    Compiled compiled =
        describe(
            describing,
            """
            public String string = "a"; public char character = 'a'; public boolean bool = true;
            public int number = 1; public Long big = 1L; public double half = 0.5;
            public BigDecimal decimal = new BigDecimal("1.5"); public BigInteger integer = BigInteger.ONE;
            public UUID uuid = new UUID(1, 2); public URI uri = URI.create("http://x/");
            public Path path = Path.of("x"); public Locale locale = Locale.ROOT;
            public Currency currency = Currency.getInstance("EUR"); public Date date = new Date(0);
            public Calendar calendar = Calendar.getInstance(); public TimeZone zone = TimeZone.getDefault();
            public Instant instant = Instant.EPOCH; public LocalDate day = LocalDate.EPOCH;
            public LocalDateTime dayTime = LocalDateTime.MIN; public LocalTime time = LocalTime.NOON;
            public OffsetDateTime offset = OffsetDateTime.MIN; public ZonedDateTime zoned = ZonedDateTime.parse("2026-01-01T00:00:00Z[UTC]");
            public Duration duration = Duration.ZERO; public Period period = Period.ZERO;
            public Year year = Year.of(2026); public YearMonth yearMonth = YearMonth.of(2026, 1);
            public MonthDay monthDay = MonthDay.of(1, 1); public ZoneId zoneId = ZoneId.of("UTC");
            public ZoneOffset zoneOffset = ZoneOffset.UTC; public DayOfWeek weekday = DayOfWeek.MONDAY;
            public Charset charset = StandardCharsets.UTF_8; public byte[] bytes = {1};
            public char[] chars = {'a'}; public int[] ints = {1}; public List<String> list = List.of("a");
            public Map<String, Integer> map = Map.of("a", 1); public Set<Long> set = Set.of(1L);
            public Optional<String> optional = Optional.of("a"); public OptionalInt optionalInt = OptionalInt.of(1);
            public AtomicInteger atomic = new AtomicInteger(1); public AtomicReference<String> reference = new AtomicReference<>("a");
            public java.util.regex.Pattern pattern = java.util.regex.Pattern.compile("a");
            public ObjectNode object = JsonNodeFactory.instance.objectNode();
            public ArrayNode array = JsonNodeFactory.instance.arrayNode();
            public Object nothing = null;
            """);
    Class<?> samples = compiled.load("app.Samples");
    Object sample = samples.getConstructor().newInstance();
    for (Field field : samples.getFields()) {
      JsonNode written = Json.mapper().valueToTree(field.get(sample));
      assertThat(fits(written, describing.field(field.getName())))
          .as("%s is %s: %s", field, describing.field(field.getName()), written)
          .isTrue();
    }
    assertThat(describing.text("bytes")).isEqualTo("text(BYTES)");
    assertThat(describing.text("instant")).isEqualTo("text(DATE_TIME)");
    assertThat(describing.text("map")).isEqualTo("map(integer)");
  }

  private static boolean fits(JsonNode written, Shape shape) {
    if (shape instanceof Shape.Maybe maybe) {
      return fits(written, maybe.value());
    }
    return shape instanceof Shape.Any
        || (shape instanceof Shape.Text && (written.isTextual() || written.isBinary()))
        || (shape instanceof Shape.Choice choice && choice.values().contains(written.textValue()))
        || (shape instanceof Shape.Bool && written.isBoolean())
        || (shape instanceof Shape.Numeric n
            && (n.kind() == Shape.Kind.INTEGER ? written.isIntegralNumber() : written.isNumber()))
        || (shape instanceof Shape.Items items
            && written.isArray()
            && (written.isEmpty() || fits(written.get(0), items.element())))
        || (shape instanceof Shape.Entries && written.isObject());
  }

  @Test
  void aRecordIsItsComponentsInOrder() {
    assertShape(
        "{name: text, age?: integer, tags: [text], nick?: text?}",
        "Person",
        "public record Person(String name, @Nullable Integer age, List<String> tags,"
            + " Optional<String> nick) {}");
  }

  @Test
  void aClassIsItsGettersAndPublicFieldsByName() {
    assertShape(
        "{active: bool, count: integer, url: text}",
        "Bean",
        "public class Bean { public int count; private String hidden;\n"
            + "public String getURL() { return null; } public boolean isActive() { return true; }\n"
            + "public static String getStatic() { return null; } String getPrivate() { return null; } }");
  }

  @Test
  void annotationsNameLeaveOutAndFormatProperties() {
    assertShape(
        "{full_name: text, id: text, at: decimal, kept?: text, extra_size: integer}",
        "Order",
        "@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)\n"
            + "@JsonIgnoreProperties(\"dropped\")\n"
            + "public record Order(String fullName, @JsonFormat(shape = JsonFormat.Shape.STRING) long id,\n"
            + "@JsonFormat(shape = JsonFormat.Shape.NUMBER) Instant at, @JsonIgnore String secret,\n"
            + "@JsonInclude(JsonInclude.Include.NON_NULL) String kept, String dropped,\n"
            + "@JsonProperty(\"extra_size\") int size) {}");
  }

  @Test
  void genericsAreResolvedAndRecursionEnds() {
    assertShape(
        "{items: [{sku: text, parent: ^Item}], next: ^Page}",
        "Page<Item>",
        "public record Page<T>(List<T> items, Page<T> next) {}",
        "public record Item(String sku, Item parent) {}");
    assertThat(
            describe(
                    "public Grow<String> x;", "public record Grow<T>(Grow<List<T>> more, T one) {}")
                .definitions)
        .hasSizeLessThan(10);
  }

  @Test
  void whatIsOneValueIsThatValue() {
    assertShape("text", "Sku", "public record Sku(@JsonValue String code) {}");
    assertShape("low|HIGH", "Level", "public enum Level { @JsonProperty(\"low\") LOW, HIGH }");
    assertShape(
        "integer",
        "Level",
        "@JsonFormat(shape = JsonFormat.Shape.NUMBER) public enum Level { LOW, HIGH }");
    assertShape(
        "{code: text}",
        "Level",
        "@JsonFormat(shape = JsonFormat.Shape.OBJECT) public enum Level { LOW;"
            + " public String getCode() { return null; } }");
    assertShape(
        "any",
        "Custom",
        "@JsonSerialize(using = com.fasterxml.jackson.databind.ser.std.ToStringSerializer.class)"
            + " public record Custom(String a) {}");
  }

  @Test
  void subclassesAreToldApartByTheirTags() {
    assertShape(
        "<PROPERTY kind: card {number: text} | Cash {amount: decimal}>",
        "Payment",
        "@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = \"kind\")\n"
            + "public sealed interface Payment permits Card, Cash {}",
        "@JsonTypeName(\"card\") public record Card(String number) implements Payment {}",
        "public record Cash(BigDecimal amount) implements Payment {}");
    assertShape(
        "<WRAPPER_OBJECT : a {x: integer}>",
        "Base",
        "@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)\n"
            + "@JsonSubTypes(@JsonSubTypes.Type(value = A.class, name = \"a\"))\n"
            + "public interface Base {}",
        "public record A(int x) implements Base {}");
    assertShape(
        "<PROPERTY @type: a {x: integer}>",
        "A",
        "@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)\n"
            + "@JsonSubTypes(@JsonSubTypes.Type(value = A.class, name = \"a\"))\n"
            + "public interface Base {}",
        "public record A(int x) implements Base {}");
    assertShape(
        "{ext: any, t?: text}",
        "Outer",
        "public record Outer(@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = \"t\",\n"
            + "include = JsonTypeInfo.As.EXTERNAL_PROPERTY) A ext) {}",
        "public record A(int x) {}");
  }

  @Test
  void partsAreUnwrapped() {
    assertShape(
        "{id: integer, to_street: text}",
        "Shipment",
        "public record Shipment(int id, @JsonUnwrapped(prefix = \"to_\") Address to) {}",
        "public record Address(String street) {}");
  }
}
