package dev.vibecoder.inngest.processor.internal.expr;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The functions that expressions of the server have: CEL's own and Inngest's. */
final class Functions {
  /** What stands for all kinds. */
  static final Set<Kind> ANYTHING = EnumSet.allOf(Kind.class);

  private static final Set<Kind> NUMBERS = EnumSet.of(Kind.INT, Kind.UINT, Kind.DOUBLE);
  private static final Set<Kind> TEXT = EnumSet.of(Kind.TEXT);

  /** Functions with macros' names; they are no functions to the server. */
  static final Set<String> MACROS = Set.of("has", "all", "exists", "exists_one", "map", "filter");

  /** What other languages call them. */
  static final Map<String, String> FOREIGN =
      Map.ofEntries(
          Map.entry("toLowerCase", "lowercase"),
          Map.entry("lower", "lowercase"),
          Map.entry("lowerAscii", "lowercase"),
          Map.entry("toUpperCase", "uppercase"),
          Map.entry("upper", "uppercase"),
          Map.entry("upperAscii", "uppercase"),
          Map.entry("length", "size"),
          Map.entry("len", "size"),
          Map.entry("includes", "contains"),
          Map.entry("indexOf", "contains"),
          Map.entry("test", "matches"),
          Map.entry("match", "matches"),
          Map.entry("any", "exists"),
          Map.entry("anyMatch", "exists"),
          Map.entry("some", "exists"),
          Map.entry("allMatch", "all"),
          Map.entry("every", "all"),
          Map.entry("toString", "string"),
          Map.entry("Number", "double"),
          Map.entry("parseInt", "int"),
          Map.entry("float", "double"),
          Map.entry("Date", "date"));

  private static final Map<String, List<Signature>> ALL = new LinkedHashMap<>();

  private Functions() {}

  /**
   * One way to call a function.
   *
   * @param member whether its first parameter stands before the dot
   * @param optional how many of the last parameters may be left out
   */
  record Signature(boolean member, List<Set<Kind>> parameters, int optional, Kind result) {
    boolean takes(int arguments) {
      return arguments <= parameters.size() && arguments >= parameters.size() - optional;
    }
  }

  static {
    function("size", Kind.INT, List.of(EnumSet.of(Kind.TEXT, Kind.BYTES, Kind.LIST, Kind.MAP)));
    method("size", Kind.INT, 0, List.of(EnumSet.of(Kind.TEXT, Kind.BYTES, Kind.LIST, Kind.MAP)));
    for (String name : List.of("contains", "startsWith", "endsWith", "matches")) {
      method(name, Kind.BOOL, 0, List.of(TEXT, TEXT));
    }
    function("matches", Kind.BOOL, List.of(TEXT, TEXT));

    Set<Kind> toInteger = EnumSet.of(Kind.TEXT, Kind.TIME, Kind.SPAN);
    toInteger.addAll(NUMBERS);
    function("int", Kind.INT, List.of(toInteger));
    Set<Kind> toNumber = EnumSet.of(Kind.TEXT);
    toNumber.addAll(NUMBERS);
    function("uint", Kind.UINT, List.of(toNumber));
    function("double", Kind.DOUBLE, List.of(toNumber));
    Set<Kind> toText = EnumSet.of(Kind.TEXT, Kind.BOOL, Kind.BYTES, Kind.TIME, Kind.SPAN);
    toText.addAll(NUMBERS);
    function("string", Kind.TEXT, List.of(toText));
    function("bytes", Kind.BYTES, List.of(EnumSet.of(Kind.TEXT, Kind.BYTES)));
    function("bool", Kind.BOOL, List.of(EnumSet.of(Kind.TEXT, Kind.BOOL)));
    function("timestamp", Kind.TIME, List.of(EnumSet.of(Kind.TEXT, Kind.INT, Kind.TIME)));
    function("duration", Kind.SPAN, List.of(EnumSet.of(Kind.TEXT, Kind.INT, Kind.SPAN)));
    function("type", Kind.TYPE, List.of(ANYTHING));
    function("dyn", Kind.ANY, List.of(ANYTHING));

    for (String name :
        List.of(
            "getFullYear",
            "getMonth",
            "getDayOfYear",
            "getDayOfMonth",
            "getDate",
            "getDayOfWeek")) {
      method(name, Kind.INT, 1, List.of(EnumSet.of(Kind.TIME), TEXT));
    }
    for (String name : List.of("getHours", "getMinutes", "getSeconds", "getMilliseconds")) {
      method(name, Kind.INT, 1, List.of(EnumSet.of(Kind.TIME, Kind.SPAN), TEXT));
    }

    function("lowercase", Kind.TEXT, List.of(TEXT));
    function("uppercase", Kind.TEXT, List.of(TEXT));
    function("b64decode", Kind.TEXT, List.of(TEXT));
    function("json_parse", Kind.ANY, List.of(TEXT));
    function("date", Kind.TIME, List.of(EnumSet.of(Kind.TEXT, Kind.INT)));
    function("now", Kind.TIME, List.of());
    function("now_plus", Kind.TIME, List.of(TEXT));
    function("now_minus", Kind.TIME, List.of(TEXT));
  }

  private static void function(String name, Kind result, List<Set<Kind>> parameters) {
    add(name, new Signature(false, parameters, 0, result));
  }

  private static void method(String name, Kind result, int optional, List<Set<Kind>> parameters) {
    add(name, new Signature(true, parameters, optional, result));
  }

  private static void add(String name, Signature signature) {
    ALL.computeIfAbsent(name, any -> new ArrayList<>()).add(signature);
  }

  /** The ways to call a function; empty if it does not exist. */
  static List<Signature> named(String name) {
    return ALL.getOrDefault(name, List.of());
  }

  static Set<String> names() {
    return ALL.keySet();
  }
}
