package dev.vibecoder.inngest.processor.internal.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.processor.internal.diag.Finding;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules are refused where the server refuses them, or never starts anything. */
class CronRulesTest {
  private static final String FIELDS =
      "Write minute, hour, day of the month, month and day of the week, as in 30 9 * * MON-FRI.";
  private static final String ITEMS =
      "A field is a list of numbers, ranges such as 1-5, and steps such as */10.";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* * * * *",
        "0 12 * * *",
        "*/5 * * * *",
        "5/10 * * * *",
        "0-30/5,45 8-18 1,15 */2 1-5",
        "? ? ? ? ?",
        "0 0 * JAN-MAR,jun MON-FRI",
        "0 0 * * sun",
        "0 0 ? * 0",
        "59 23 31 12 6",
        "00 09 01 01 00",
        "0 0 29 2 *",
        "0 0 30 1,2 *",
        "0 0 31 2 MON",
        "0 0 */31 * *",
        "*/60 */24 * */12 */7",
        "0 0 1-1 * *",
        "  0   12\t* * *  ",
        "TZ=Europe/Paris 0 12 * * *",
        "CRON_TZ=UTC 0 12 * * *",
        "TZ=America/Argentina/Buenos_Aires 0 12 * * *",
      })
  void whatTheServerTakesIsAccepted(String expression) {
    assertThat(CronRules.check(expression, null)).isEmpty();
  }

  private record Mistake(
      String expression, @Nullable String zone, ProblemCode code, String fact, String fix) {}

  private static Mistake cron(String expression, String fact, String fix) {
    return new Mistake(expression, null, ProblemCode.CRON, fact, fix);
  }

  private static Mistake never(String expression) {
    return new Mistake(
        expression,
        null,
        ProblemCode.CRON_NEVER,
        "There is no day on which \"" + expression + "\" starts anything.",
        "Give a day that the month has.");
  }

  static Stream<Mistake> mistakes() {
    return Stream.of(
        cron("", "\"\" has 0 fields.", FIELDS),
        cron("*", "\"*\" has 1 field.", FIELDS),
        cron("* * * *", "\"* * * *\" has 4 fields.", FIELDS),
        cron(
            "0 0 12 * * *", "\"0 0 12 * * *\" has 6 fields.", "Leave out the seconds: 0 12 * * *."),
        cron("* * * * * *", "\"* * * * * *\" has 6 fields.", FIELDS),
        cron("0 0 12 * * ? 2026", "\"0 0 12 * * ? 2026\" has 7 fields.", FIELDS),
        cron(
            "@daily",
            "\"@daily\" is a name of a schedule, and the server takes none.",
            "Write 0 0 * * *."),
        cron(
            "@Hourly",
            "\"@Hourly\" is a name of a schedule, and the server takes none.",
            "Write 0 * * * *."),
        cron(
            "@every 5m",
            "\"@every 5m\" is a name of a schedule, and the server takes none.",
            "Write */5 * * * *."),
        cron(
            "@every 7m",
            "\"@every 7m\" is a name of a schedule, and the server takes none.",
            FIELDS),
        cron("@reboot", "\"@reboot\" is a name of a schedule, and the server takes none.", FIELDS),
        cron("60 * * * *", "\"60\" is no minute.", "It is 0 to 59."),
        cron("0 24 * * *", "\"24\" is no hour.", "It is 0 to 23."),
        cron("0 0 0 * *", "\"0\" is no day of the month.", "It is 1 to 31."),
        cron("0 0 32 * *", "\"32\" is no day of the month.", "It is 1 to 31."),
        cron("0 0 * 0 *", "\"0\" is no month.", "It is 1 to 12 or JAN to DEC."),
        cron("0 0 * 13 *", "\"13\" is no month.", "It is 1 to 12 or JAN to DEC."),
        cron("0 0 * * 7", "\"7\" is no day of the week.", "Sunday is 0 or SUN."),
        cron("0 0 * * 8", "\"8\" is no day of the week.", "It is 0 to 6 or SUN to SAT."),
        cron("0 0 * * MONDAY", "\"MONDAY\" is no day of the week.", "Write MON."),
        cron(
            "0 0 * * MN",
            "\"MN\" is no day of the week.",
            "Did you mean \"MON\"? It is 0 to 6 or SUN to SAT."),
        cron(
            "0 0 * JAM *",
            "\"JAM\" is no month.",
            "Did you mean \"JAN\"? It is 1 to 12 or JAN to DEC."),
        cron(
            "0 0 L * *",
            "\"L\" is no day of the month.",
            "The server does not know L, W and #; it is 1 to 31."),
        cron(
            "0 0 15W * *",
            "\"15W\" is no day of the month.",
            "The server does not know L, W and #; it is 1 to 31."),
        cron(
            "0 0 * * 5#3",
            "\"5#3\" is no day of the week.",
            "The server does not know L, W and #; it is 0 to 6 or SUN to SAT."),
        cron("0 MON * * *", "\"MON\" is no hour.", "It is 0 to 23."),
        cron(
            "0 9-5 * * *",
            "\"9-5\" is no hour.",
            "A range ends after it begins; write two with a comma between."),
        cron(
            "0 0 * * FRI-MON",
            "\"FRI-MON\" is no day of the week.",
            "A range ends after it begins; write two with a comma between."),
        cron("0 1-2-3 * * *", "\"1-2-3\" is no hour.", "A range has two ends, as in 1-5."),
        cron("0 1- * * *", "\"\" is no hour.", "It is 0 to 23."),
        cron("0 -1 * * *", "\"\" is no hour.", "It is 0 to 23."),
        cron("*-5 * * * *", "\"*\" is no minute.", "It is 0 to 59."),
        cron("1,,2 * * * *", "\"\" is no minute.", ITEMS),
        cron(", * * * *", "\"\" is no minute.", ITEMS),
        cron("*/0 * * * *", "\"*/0\" is no minute.", "A step is a number above 0, as in */10."),
        cron("*/x * * * *", "\"*/x\" is no minute.", "A step is a number above 0, as in */10."),
        cron("*/ * * * *", "\"*/\" is no minute.", "A step is a number above 0, as in */10."),
        cron("*/5/5 * * * *", "\"*/5/5\" is no minute.", ITEMS),
        cron(
            "*/90 * * * *",
            "\"*/90\" is no minute.",
            "The step is longer than the range, so that only 0 is left; write that."),
        cron("99999999999 * * * *", "\"99999999999\" is no minute.", "It is 0 to 59."),
        cron("* * * * * # all", "\"* * * * * # all\" has 7 fields.", FIELDS),
        cron(
            "TZ=Europe/Paris",
            "\"TZ=Europe/Paris\" has a zone and nothing after it.",
            "Write it as in TZ=Europe/Paris 0 9 * * *."),
        cron(
            "TZ=UTC @daily",
            "\"@daily\" is a name of a schedule, and the server takes none.",
            "Write 0 0 * * *."),
        cron(
            "0,".repeat(130) + "0 * * * *",
            "The schedule has 269 characters; the server takes 255.",
            "Shorten it, or use several."),
        never("0 0 30 2 *"),
        never("0 0 30,31 FEB ?"),
        never("0 0 31 2,4,6,9,11 *"),
        new Mistake(
            "TZ=Europe/Pariss 0 0 * * *",
            null,
            ProblemCode.TIME_ZONE,
            "There is no time zone \"Europe/Pariss\".",
            "Did you mean \"Europe/Paris\"? Zones have names as in Europe/Paris."),
        new Mistake(
            "CRON_TZ=berlin 0 0 * * *",
            null,
            ProblemCode.TIME_ZONE,
            "There is no time zone \"berlin\".",
            "Did you mean \"Europe/Berlin\"?"),
        new Mistake(
            "TZ=+02:00 0 0 * * *",
            null,
            ProblemCode.TIME_ZONE,
            "There is no time zone \"+02:00\".",
            "Zones have names as in Europe/Paris."),
        new Mistake(
            "TZ=UTC 0 0 * * *",
            "Europe/Paris",
            ProblemCode.TIME_ZONE,
            "The schedule has two zones, UTC and Europe/Paris.",
            "Leave one of them."));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void whatItRefusesIsTold(Mistake mistake) {
    assertThat(CronRules.check(mistake.expression(), mistake.zone()).stream())
        .extracting(Finding::code, Finding::fact, Finding::fix)
        .containsExactly(Tuple.tuple(mistake.code(), mistake.fact(), mistake.fix()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "0", "1s", "30s", "5m", "1m30s", "4m59.999s"})
  void jitterIsUpToFiveMinutes(String jitter) {
    assertThat(CronRules.jitter(jitter)).isEmpty();
  }

  static Stream<List<String>> jitters() {
    return Stream.of(
        List.of("500ms", "jitter", "The jitter 500ms is shorter than 1s.", "Write 1s to 5m."),
        List.of("-1s", "jitter", "The jitter -1s is shorter than 1s.", "Write 1s to 5m."),
        List.of("6m", "jitter", "The jitter 6m is longer than 5m.", "Write 1s to 5m."),
        List.of("1d", "jitter", "The jitter 1d is longer than 5m.", "Write 1s to 5m."),
        List.of(
            "soon",
            "duration",
            "\"soon\" is no duration.",
            "Durations have units, as in 30s, 5m, 2h, 1d12h."));
  }

  @ParameterizedTest
  @MethodSource("jitters")
  void otherJitterIsTold(List<String> jitter) {
    assertThat(CronRules.jitter(jitter.get(0)).stream())
        .extracting(finding -> finding.code().code(), Finding::fact, Finding::fix)
        .containsExactly(Tuple.tuple(jitter.get(1), jitter.get(2), jitter.get(3)));
  }

  @Test
  void nothingThatIsWrittenBreaksIt() {
    String[] parts = {
      "*",
      "?",
      "/",
      "-",
      ",",
      " ",
      "\t",
      "0",
      "5",
      "59",
      "60",
      "7",
      "99999999999",
      "MON",
      "jan",
      "L",
      "W",
      "#",
      "@daily",
      "TZ=",
      "CRON_TZ=",
      "UTC",
      "é",
      "\u0000",
      "٣"
    };
    Random random = new Random(11);
    for (int n = 0; n < 5_000; n++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(20);
      for (int i = 0; i < length; i++) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      CronRules.check(text.toString(), n % 7 == 0 ? "UTC" : null)
          .ifPresent(
              finding -> {
                assertThat(finding.fact()).endsWith(".");
                assertThat(finding.fix()).matches("(?s).*[.?]");
              });
    }
  }

  @Test
  void fieldsThatAreMadeOfWhatTheyMayHoldAreAccepted() {
    Random random = new Random(12);
    int[][] bounds = {{0, 59}, {0, 23}, {1, 28}, {1, 12}, {0, 6}};
    for (int n = 0; n < 5_000; n++) {
      StringBuilder text = new StringBuilder();
      for (int[] bound : bounds) {
        text.append(text.isEmpty() ? "" : " ");
        int items = 1 + random.nextInt(3);
        for (int i = 0; i < items; i++) {
          text.append(i == 0 ? "" : ",").append(item(random, bound[0], bound[1]));
        }
      }
      assertThat(CronRules.check(text.toString(), null)).as(text.toString()).isEmpty();
    }
  }

  private static String item(Random random, int min, int max) {
    int first = min + random.nextInt(max - min);
    int last = first + 1 + random.nextInt(max - first);
    return switch (random.nextInt(6)) {
      case 0 -> "*";
      case 1 -> "*/" + (1 + random.nextInt(max - min));
      case 2 -> first + "-" + last;
      case 3 -> first + "-" + last + "/" + (1 + random.nextInt(last - first));
      case 4 -> first + "/1";
      default -> String.valueOf(first);
    };
  }
}
