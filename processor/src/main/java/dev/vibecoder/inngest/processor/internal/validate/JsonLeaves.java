package dev.vibecoder.inngest.processor.internal.validate;

import java.util.Set;

/** The classes of the JDK that Jackson, with its modules for Java 8, writes and reads by itself. */
final class JsonLeaves {
  private static final Set<String> NUMBERS_AND_TEXTS =
      Set.of(
          "java.lang.String",
          "java.lang.Boolean",
          "java.lang.Byte",
          "java.lang.Short",
          "java.lang.Character",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Float",
          "java.lang.Double",
          "java.math.BigDecimal",
          "java.math.BigInteger",
          "java.util.UUID",
          "java.util.Date",
          "java.util.Calendar",
          "java.util.Locale",
          "java.util.Currency",
          "java.net.URI",
          "java.net.URL");
  private static final Set<String> TIMES =
      Set.of(
          "java.time.Duration",
          "java.time.Instant",
          "java.time.LocalDate",
          "java.time.LocalDateTime",
          "java.time.LocalTime",
          "java.time.MonthDay",
          "java.time.OffsetDateTime",
          "java.time.OffsetTime",
          "java.time.Period",
          "java.time.Year",
          "java.time.YearMonth",
          "java.time.ZoneId",
          "java.time.ZoneOffset",
          "java.time.ZonedDateTime");
  private static final Set<String> OTHERS =
      Set.of(
          "java.lang.Void",
          "java.lang.CharSequence",
          "java.lang.Number",
          "java.util.OptionalInt",
          "java.util.OptionalLong",
          "java.util.OptionalDouble",
          "java.util.TimeZone",
          "java.util.regex.Pattern",
          "java.util.concurrent.atomic.AtomicBoolean",
          "java.util.concurrent.atomic.AtomicInteger",
          "java.util.concurrent.atomic.AtomicLong",
          "java.io.File",
          "java.net.InetAddress",
          "java.nio.ByteBuffer",
          "java.nio.charset.Charset",
          "java.nio.file.Path");
  private static final Set<String> CONTAINERS =
      Set.of(
          "java.util.Optional",
          "java.util.concurrent.atomic.AtomicReference",
          "java.lang.Iterable",
          "java.util.Map.Entry");

  private JsonLeaves() {}

  static boolean isValue(String name) {
    return NUMBERS_AND_TEXTS.contains(name) || TIMES.contains(name) || OTHERS.contains(name);
  }

  static boolean isKey(String name) {
    boolean exact = !name.equals("java.math.BigDecimal") && !name.equals("java.math.BigInteger");
    return (exact && NUMBERS_AND_TEXTS.contains(name)) || TIMES.contains(name);
  }

  /** Whether a class holds values of its type arguments, and nothing else. */
  static boolean isContainer(String name) {
    return CONTAINERS.contains(name);
  }
}
