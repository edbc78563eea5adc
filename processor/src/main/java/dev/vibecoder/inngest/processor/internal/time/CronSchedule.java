package dev.vibecoder.inngest.processor.internal.time;

import dev.vibecoder.inngest.processor.internal.diag.DidYouMean;
import java.time.Month;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** When something happens: five fields, as the server's parser takes them. */
public final class CronSchedule {
  private static final Map<String, String> DESCRIPTORS =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");
  private static final String FIELDS =
      "Write minute, hour, day of the month, month and day of the week, as in 30 9 * * MON-FRI.";

  private final BitSet days;
  private final BitSet months;
  private final boolean anyWeekday;

  private CronSchedule(BitSet days, BitSet months, boolean anyWeekday) {
    this.days = days;
    this.months = months;
    this.anyWeekday = anyWeekday;
  }

  /**
   * Reads five fields, without a zone.
   *
   * @throws CronException if the server refuses them, or would take them for something else
   */
  public static CronSchedule parse(String text) throws CronException {
    String trimmed = text.strip();
    if (trimmed.startsWith("@")) {
      throw descriptor(trimmed);
    }
    List<String> fields = List.of(trimmed.isEmpty() ? new String[0] : trimmed.split("\\s+"));
    CronField[] kinds = CronField.values();
    if (fields.size() != kinds.length) {
      throw count(text, fields);
    }
    List<Selection> selections = new ArrayList<>();
    for (int i = 0; i < kinds.length; i++) {
      selections.add(new Reader(kinds[i], fields.get(i)).read());
    }
    return new CronSchedule(
        selections.get(2).values(), selections.get(3).values(), selections.get(4).any());
  }

  private static CronException descriptor(String text) {
    String fact = "\"" + text + "\" is a name of a schedule, and the server takes none.";
    String[] words = text.split("\\s+", 2);
    Optional<Long> minutes =
        words.length == 2 && words[0].equals("@every")
            ? Durations.parse(words[1])
                .filter(every -> every.toSeconds() % 60 == 0)
                .map(every -> every.toMinutes())
            : Optional.empty();
    if (minutes.filter(every -> every > 0 && every < 60 && 60 % every == 0).isPresent()) {
      return new CronException(fact, "Write */" + minutes.get() + " * * * *.");
    }
    String fields = DESCRIPTORS.get(words[0].toLowerCase(Locale.ROOT));
    return new CronException(fact, fields == null ? FIELDS : "Write " + fields + ".");
  }

  private static CronException count(String text, List<String> fields) {
    String fact =
        "\"" + text + "\" has " + fields.size() + (fields.size() == 1 ? " field." : " fields.");
    boolean seconds = fields.size() == 6 && fields.get(0).matches("[0-5]?\\d");
    return new CronException(
        fact,
        seconds
            ? "Leave out the seconds: " + String.join(" ", fields.subList(1, 6)) + "."
            : FIELDS);
  }

  /** Whether there is no day on which it happens, such as the 30th of February. */
  public boolean isNever() {
    if (!anyWeekday) {
      // Where both are given, the server takes days that fit either.
      return false;
    }
    return months.stream().noneMatch(month -> days.nextSetBit(0) <= Month.of(month).maxLength());
  }

  /**
   * What a field selects.
   *
   * @param any whether it restricts nothing
   */
  private record Selection(BitSet values, boolean any) {}

  /** Reads one field. */
  private record Reader(CronField field, String text) {
    Selection read() throws CronException {
      BitSet values = new BitSet();
      boolean any = false;
      for (String item : text.split(",", -1)) {
        any |= item(item, values);
      }
      return new Selection(values, any);
    }

    private boolean item(String item, BitSet values) throws CronException {
      String[] parts = item.split("/", -1);
      if (item.isEmpty() || parts.length > 2) {
        throw wrong(
            item, "A field is a list of numbers, ranges such as 1-5, and steps such as */10.");
      }
      boolean star = parts[0].equals("*") || parts[0].equals("?");
      int first = field.min();
      int last = field.max();
      if (!star) {
        String[] ends = parts[0].split("-", -1);
        if (ends.length > 2) {
          throw wrong(item, "A range has two ends, as in 1-5.");
        }
        first = number(ends[0]);
        last = ends.length == 2 ? number(ends[1]) : parts.length == 2 ? field.max() : first;
        if (first > last) {
          throw wrong(item, "A range ends after it begins; write two with a comma between.");
        }
      }
      int step = parts.length == 2 ? step(item, parts[1], first, last) : 1;
      for (int value = first; value <= last; value += step) {
        values.set(value);
      }
      return star && step == 1;
    }

    private int step(String item, String text, int first, int last) throws CronException {
      if (!text.matches("\\d{1,9}") || Integer.parseInt(text) == 0) {
        throw wrong(item, "A step is a number above 0, as in */10.");
      }
      int step = Integer.parseInt(text);
      // Once in the whole range is what */60 says as well; */90 says something that never happens.
      if (step > last - first + 1 && last > first) {
        throw wrong(
            item,
            "The step is longer than the range, so that only " + first + " is left; write that.");
      }
      return step;
    }

    private int number(String word) throws CronException {
      if (!word.matches("\\d{1,9}")) {
        int named = field.named(word);
        if (named >= 0) {
          return named;
        }
        throw wrong(word, unknown(word));
      }
      int value = Integer.parseInt(word);
      if (value < field.min() || value > field.max()) {
        throw wrong(
            word,
            field == CronField.WEEKDAY && value == 7
                ? "Sunday is 0 or SUN."
                : "It is " + field.range() + ".");
      }
      return value;
    }

    private String unknown(String word) {
      if (word.length() > 3 && field.named(word.substring(0, 3)) >= 0) {
        return "Write " + word.substring(0, 3).toUpperCase(Locale.ROOT) + ".";
      }
      if (word.matches("(?i).*[LW#].*") && word.matches("(?i)[0-9LW#-]+")) {
        return "The server does not know L, W and #; it is " + field.range() + ".";
      }
      return DidYouMean.sentence(word.toUpperCase(Locale.ROOT), field.names())
          + "It is "
          + field.range()
          + ".";
    }

    private CronException wrong(String part, String fix) {
      return new CronException("\"" + part + "\" is no " + field.described() + ".", fix);
    }
  }
}
