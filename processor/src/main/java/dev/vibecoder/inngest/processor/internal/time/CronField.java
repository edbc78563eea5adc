package dev.vibecoder.inngest.processor.internal.time;

import java.util.List;
import java.util.Locale;

/** One of the five fields of a schedule. */
enum CronField {
  MINUTE("minute", 0, 59, ""),
  HOUR("hour", 0, 23, ""),
  DAY("day of the month", 1, 31, ""),
  MONTH("month", 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
  WEEKDAY("day of the week", 0, 6, "SUN MON TUE WED THU FRI SAT");

  private final String described;
  private final int min;
  private final int max;
  private final String names;

  CronField(String described, int min, int max, String names) {
    this.described = described;
    this.min = min;
    this.max = max;
    this.names = names;
  }

  String described() {
    return described;
  }

  int min() {
    return min;
  }

  int max() {
    return max;
  }

  List<String> names() {
    return names.isEmpty() ? List.of() : List.of(names.split(" ", -1));
  }

  /** The number that a word stands for; -1 if it is none of this field. */
  int named(String word) {
    int index = names().indexOf(word.toUpperCase(Locale.ROOT));
    return index < 0 ? -1 : index + min;
  }

  /** What may stand here, for messages. */
  String range() {
    String numbers = min + " to " + max;
    return names.isEmpty()
        ? numbers
        : numbers + " or " + names().get(0) + " to " + names().get(names().size() - 1);
  }
}
