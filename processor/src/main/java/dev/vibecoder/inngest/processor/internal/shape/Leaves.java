package dev.vibecoder.inngest.processor.internal.shape;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The classes that are one value in JSON. */
final class Leaves {
  private static final Map<String, Shape> SHAPES = new HashMap<>();

  static {
    put(
        new Shape.Text(Shape.Format.PLAIN),
        "java.lang.String",
        "java.lang.CharSequence",
        "java.lang.Character",
        "java.lang.Class",
        "java.time.LocalDateTime",
        "java.time.LocalTime",
        "java.time.MonthDay",
        "java.time.OffsetTime",
        "java.time.YearMonth",
        "java.time.Year",
        "java.time.ZoneId",
        "java.time.ZoneOffset",
        "java.io.File",
        "java.net.InetAddress",
        "java.nio.charset.Charset",
        "java.util.Currency",
        "java.util.Locale",
        "java.util.TimeZone",
        "java.util.regex.Pattern");
    put(
        new Shape.Text(Shape.Format.DATE_TIME),
        "java.time.Instant",
        "java.time.OffsetDateTime",
        "java.time.ZonedDateTime",
        "java.util.Calendar",
        "java.util.Date");
    put(new Shape.Text(Shape.Format.DATE), "java.time.LocalDate");
    put(new Shape.Text(Shape.Format.DURATION), "java.time.Duration", "java.time.Period");
    put(new Shape.Text(Shape.Format.UUID), "java.util.UUID");
    put(new Shape.Text(Shape.Format.URI), "java.net.URI", "java.net.URL", "java.nio.file.Path");
    put(new Shape.Text(Shape.Format.BYTES), "java.nio.ByteBuffer");
    put(
        new Shape.Numeric(Shape.Kind.INTEGER),
        "java.lang.Byte",
        "java.lang.Short",
        "java.lang.Integer",
        "java.lang.Long",
        "java.math.BigInteger",
        "java.util.concurrent.atomic.AtomicInteger",
        "java.util.concurrent.atomic.AtomicLong");
    put(
        new Shape.Numeric(Shape.Kind.DECIMAL),
        "java.lang.Float",
        "java.lang.Double",
        "java.lang.Number",
        "java.math.BigDecimal");
    put(new Shape.Bool(), "java.lang.Boolean", "java.util.concurrent.atomic.AtomicBoolean");
    put(
        new Shape.Maybe(new Shape.Numeric(Shape.Kind.INTEGER)),
        "java.util.OptionalInt",
        "java.util.OptionalLong");
    put(new Shape.Maybe(new Shape.Numeric(Shape.Kind.DECIMAL)), "java.util.OptionalDouble");
    put(new Shape.Nothing(), "java.lang.Void");
    put(new Shape.Any(), "java.lang.Object", "java.io.Serializable", "java.lang.Comparable");
    put(new Shape.Entries(new Shape.Any()), "com.fasterxml.jackson.databind.node.ObjectNode");
    put(new Shape.Items(new Shape.Any()), "com.fasterxml.jackson.databind.node.ArrayNode");
  }

  private Leaves() {}

  private static void put(Shape shape, String... names) {
    for (String name : names) {
      SHAPES.put(name, shape);
    }
  }

  static @Nullable Shape of(String name) {
    return SHAPES.get(name);
  }
}
