package dev.vibecoder.inngest.processor.internal.expr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.processor.internal.diag.Finding;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server does with an expression is known before it sees it. */
public class ExpressionsTest {
  private static final TypedSource TYPES =
      TypedSource.of(
          """
          package shop;

          import com.fasterxml.jackson.annotation.*;
          import java.math.*;
          import java.time.*;
          import java.util.*;

          record Order(
              String orderId,
              UUID customer,
              @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal exact,
              double total,
              int count,
              boolean vip,
              Instant placed,
              Language language,
              Optional<String> note,
              List<Item> items,
              List<String> tags,
              Map<String, Integer> stock,
              Address address,
              Object anything,
              @JsonProperty("my-field") String hyphen,
              Order parent) {}

          record Item(String sku, int quantity, @JsonProperty("unit_price") BigDecimal price) {}

          record Address(String city, String zip) {}

          enum Language { EN, RU, @JsonProperty("zh-CN") CHINESE }

          record Cancelled(int orderId, String customer, Colour colour, Language language, String total) {}

          enum Colour { RED, GREEN }
          """);

  private static final Payload ORDER = TYPES.payloads().event("shop/order", TYPES.type("Order"));
  private static final Payload CANCELLED =
      TYPES.payloads().event("shop/cancelled", TYPES.type("Cancelled"));

  private final Expressions expressions = new Expressions();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event.data.total > 100",
        "event.data.count == 5 && event.data.total >= 0.5",
        "event.data.orderId == 'A' || event.data.vip",
        "event.data.vip",
        "event.data.note == null",
        "null != event.data.address",
        "event.data.customer == '6ba7b810-9dad-11d1-80b4-00c04fd430c8'",
        "event.data.placed > '2026-01-01T00:00:00Z'",
        "date(event.data.placed) > now_minus('1d')",
        "date(int(event.ts)) < now()",
        "event.data.language == 'EN'",
        "event.data.language in ['RU', 'zh-CN']",
        "event.data.items.exists(item, item.sku == 'A' && item.quantity > 2)",
        "event.data.items.all(i, i.unit_price > 0)",
        "event.data.items[0].unit_price < 10",
        "event.data.items.filter(i, i.quantity > 1).size() > 0",
        "event.data.items.map(i, i.sku).exists(s, s.startsWith('A'))",
        "event.data.items.map(i, i.quantity > 1, i.sku).size() > 0",
        "event.data.items.exists_one(i, i.quantity == 1)",
        "['P0', 'P1'].exists(p, p in event.data.tags)",
        "'red' in event.data.tags",
        "'A' in event.data.stock",
        "event.data.stock.anything > 3",
        "event.data.stock['x y'] > 3",
        "event.data['orderId'] == 'A'",
        "event.data['my-field'] == 'A'",
        "has(event.data.address.city)",
        "event.data.anything.at.all > 3",
        "event.data.anything == 3",
        "event.user.id == 'x'",
        "event.name == 'shop/order' && event.id != '' && event.v == '1' && event.ts > 0",
        "lowercase(event.data.orderId).contains('x')",
        "event.data.orderId.matches('^[a-z]+$')",
        "size(event.data.tags) > 1 && size(event.data.orderId) > 1 && event.data.tags.size() > 1",
        "int(event.data.count) % 2 == 0",
        "int(event.data.count) + 1 > 3",
        "event.data.total + 1.0 > 3",
        "event.data.total * 2.0 > event.data.count",
        "double(event.data.exact) > 100",
        "event.data.vip ? event.data.total > 3 : event.data.count < 5",
        "!(event.data.vip) && !!event.data.vip",
        "event.data.parent.parent.parent.orderId == 'A'",
        "-event.data.total < 3",
        "json_parse(event.data.orderId).x == 1",
        "duration('1h30m') > duration('10s')",
        "timestamp(event.data.placed).getFullYear() == 2026",
        "timestamp(event.data.placed).getHours('Europe/Paris') == 1",
        "date(event.data.placed) - date(event.data.placed) < duration('1h')",
        "now() + duration('1h') > date(event.data.placed)",
        "event.data.orderId.size() == 3",
        "{'a': 1}.a == 1",
        "type(event.data.total) == type(1.0)",
        "b64decode(event.data.orderId) == uppercase('x')",
        "event.data.\n  total\n > 1 // more than one",
        "dyn(event.data.total) == 'x'",
        "bool(event.data.orderId)",
        "event.data.orderId + event.data.count == 'A5'",
      })
  void whatTheServerCanEvaluateIsAccepted(String expression) {
    assertThat(expressions.check(ExpressionUse.TRIGGER_WHEN, expression, ORDER, null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event.data.orderId",
        "event.data.count",
        "event.data.vip",
        "event.data.customer + '-' + event.data.count",
        "event.data.note || event.data.orderId",
        "event.data.vip ? event.data.orderId : 'none'",
        "'all'",
        "event.data.anything",
        "event.data.stock['a']",
        "lowercase(event.data.orderId)",
        "string(event.data.count)",
        "event.data.vip ? event.data.orderId : false"
      })
  void whatCanBeAKeyIsAccepted(String expression) {
    assertThat(expressions.check(ExpressionUse.KEY, expression, ORDER, null)).isEmpty();
    assertThat(expressions.check(ExpressionUse.IDEMPOTENCY, expression, ORDER, null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event.data.vip ? 120 : 0",
        "int(event.data.count)",
        "event.data.language == 'EN' ? -60 : event.data.anything",
        "size(event.data.items)",
        "120"
      })
  void whatCanBeAPriorityIsAccepted(String expression) {
    assertThat(expressions.check(ExpressionUse.PRIORITY, expression, ORDER, null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "async.data.customer == event.data.customer",
        "async.data.language == event.data.language && async.ts > event.ts",
        "async.data.orderId == int(event.data.orderId)",
        "async.data.language in ['EN', 'RU'] || event.data.items[0].sku == async.data.customer",
        "event.data.vip ? async.data.orderId == 1 : false",
        "async.data.orderId != -5"
      })
  void whatCanEndARunIsAccepted(String expression) {
    assertThat(expressions.check(ExpressionUse.CANCEL_WHEN, expression, ORDER, CANCELLED))
        .isEmpty();
  }

  /**
   * A mistake.
   *
   * @param at what stands where the mark points to
   */
  private record Mistake(
      ExpressionUse use, String expression, ProblemCode code, String at, String fact, String fix) {
    @Override
    public String toString() {
      return use + ": " + expression;
    }
  }

  private static Mistake when(
      String expression, ProblemCode code, String at, String fact, String fix) {
    return new Mistake(ExpressionUse.TRIGGER_WHEN, expression, code, at, fact, fix);
  }

  private static Mistake of(
      ExpressionUse use, String expression, ProblemCode code, String at, String fact, String fix) {
    return new Mistake(use, expression, code, at, fact, fix);
  }

  private static final String FOR_EVER =
      " fails, and the server tries such an event again for ever.";
  private static final String FIELDS =
      "Its fields are address, anything, count, customer, exact, items, language, my-field, note,"
          + " orderId, parent, placed and 4 more.";

  static Stream<Mistake> mistakes() {
    return Stream.of(
        when(
            "event.data.totl > 100",
            ProblemCode.EXPRESSION_FIELD,
            "totl",
            "event.data (Order) has no field \"totl\".",
            "Did you mean \"total\"? " + FIELDS),
        when(
            "event.data.items[0].price > 100",
            ProblemCode.EXPRESSION_FIELD,
            "price",
            "event.data.items[0] (Item) has no field \"price\".",
            "Its fields are quantity, sku, unit_price."),
        when(
            "event.data['adress'].city == 'x'",
            ProblemCode.EXPRESSION_FIELD,
            "'adress'",
            "event.data (Order) has no field \"adress\".",
            "Did you mean \"address\"? " + FIELDS),
        when(
            "event.total > 1",
            ProblemCode.EXPRESSION_FIELD,
            "total",
            "event has no field \"total\".",
            "Its fields are data, id, name, ts, user, v. What was sent is in event.data."),
        when(
            "event.data.tags.length > 1",
            ProblemCode.EXPRESSION_FIELD,
            "length",
            "event.data.tags is a list, which has no field \"length\".",
            "Write size(event.data.tags)."),
        when(
            "event.data.items.sku == 'A'",
            ProblemCode.EXPRESSION_FIELD,
            "sku",
            "event.data.items is a list, which has no field \"sku\".",
            "Write event.data.items[0].sku, or event.data.items.exists(item, item.sku == …)."),
        when(
            "event.data.placed.seconds > 1",
            ProblemCode.EXPRESSION_FIELD,
            "seconds",
            "event.data.placed is a text, which has no field \"seconds\".",
            "Compare it as it is."),
        when(
            "has(event.data.adress)",
            ProblemCode.EXPRESSION_FIELD,
            "adress",
            "event.data (Order) has no field \"adress\".",
            "Did you mean \"address\"? " + FIELDS),
        when(
            "event.data.items.exists(i, i.skew == 'A')",
            ProblemCode.EXPRESSION_FIELD,
            "skew",
            "i (Item) has no field \"skew\".",
            "Did you mean \"sku\"? Its fields are quantity, sku, unit_price."),
        when(
            "data.total > 1",
            ProblemCode.EXPRESSION_VARIABLE,
            "data",
            "There is no variable data.",
            "Write event.data."),
        when(
            "total > 1",
            ProblemCode.EXPRESSION_VARIABLE,
            "total",
            "There is no variable total.",
            "Write event.data.total."),
        when(
            "evnt.data.total > 1",
            ProblemCode.EXPRESSION_VARIABLE,
            "evnt",
            "There is no variable evnt.",
            "Did you mean \"event\"? Texts have quotes, and fields begin with event."),
        when(
            "event.data.language == EN",
            ProblemCode.EXPRESSION_VARIABLE,
            "EN",
            "There is no variable EN.",
            "Texts have quotes, and fields begin with event."),
        when(
            "async.data.total > 1",
            ProblemCode.EXPRESSION_VARIABLE,
            "async",
            "There is no variable async.",
            "A second event is there only in conditions that end runs and waits."),
        when(
            "event.data.note == undefined",
            ProblemCode.EXPRESSION_VARIABLE,
            "undefined",
            "There is no variable undefined.",
            "Write null."),
        when(
            "event.data.vip == True",
            ProblemCode.EXPRESSION_VARIABLE,
            "True",
            "There is no variable True.",
            "Write true."),
        when(
            "event.data.my-field == 'x'",
            ProblemCode.EXPRESSION_VARIABLE,
            "-field",
            "The - in my-field is read as a subtraction.",
            "Write event.data[\"my-field\"]."),
        when(
            "event.data.orderId > 5",
            ProblemCode.EXPRESSION_OPERAND,
            "> 5",
            "event.data.orderId is a text and 5 is an integer: >" + FOR_EVER,
            "Write double(event.data.orderId) if it is a number in writing."),
        when(
            "event.data.exact > 100",
            ProblemCode.EXPRESSION_OPERAND,
            "> 100",
            "event.data.exact is a text and 100 is an integer: >" + FOR_EVER,
            "Write double(event.data.exact) if it is a number in writing."),
        when(
            "event.data.total <= '5'",
            ProblemCode.EXPRESSION_OPERAND,
            "<=",
            "event.data.total is a number and '5' is a text: <=" + FOR_EVER,
            "Write 5 without quotes."),
        when(
            "event.data.placed > now()",
            ProblemCode.EXPRESSION_OPERAND,
            "> now",
            "event.data.placed is a text and now() is a time: >" + FOR_EVER,
            "Write date(event.data.placed)."),
        when(
            "event.ts > now()",
            ProblemCode.EXPRESSION_OPERAND,
            "> now",
            "event.ts is a number and now() is a time: >" + FOR_EVER,
            "Write date(int(event.ts))."),
        when(
            "event.data.tags > event.data.items",
            ProblemCode.EXPRESSION_OPERAND,
            "> event",
            "event.data.tags is a list and event.data.items is a list: >" + FOR_EVER,
            "Bring both sides to one kind."),
        when(
            "event.data.count + 1 > 3",
            ProblemCode.EXPRESSION_OPERAND,
            "+",
            "event.data.count is a number and 1 is an integer: the server joins them to a text.",
            "Write 1.0: numbers of events are doubles."),
        when(
            "event.data.total * 2 > 3",
            ProblemCode.EXPRESSION_OPERAND,
            "*",
            "event.data.total is a number and 2 is an integer: * fails.",
            "Write 2.0: numbers of events are doubles."),
        when(
            "event.data.count % 2 == 0",
            ProblemCode.EXPRESSION_OPERAND,
            "%",
            "event.data.count is a number and 2 is an integer: % fails.",
            "Write int(event.data.count)."),
        when(
            "event.data.orderId - 'x' == 'y'",
            ProblemCode.EXPRESSION_OPERAND,
            "-",
            "event.data.orderId is a text and 'x' is a text: - fails.",
            "Bring both sides to one kind."),
        when(
            "event.data.vip && 'x'",
            ProblemCode.EXPRESSION_OPERAND,
            "'x'",
            "'x' is a text, which the server refuses beside &&.",
            "Compare it with something."),
        of(
            ExpressionUse.KEY,
            "event.data.note || 'none'",
            ProblemCode.EXPRESSION_OPERAND,
            "'none'",
            "'none' is a text, which the server refuses beside ||.",
            "Write event.data.note != null ? event.data.note : 'none'."),
        of(
            ExpressionUse.KEY,
            "event.data.vip ? 'a' : 1",
            ProblemCode.EXPRESSION_OPERAND,
            "1",
            "One result of ? is a text and the other an integer, which the server refuses.",
            "Bring both sides to one kind."),
        when(
            "1 ? event.data.vip : false",
            ProblemCode.EXPRESSION_OPERAND,
            "1",
            "1 is an integer, which the server refuses before ?.",
            "Compare it with something."),
        when(
            "!event.data.orderId",
            ProblemCode.EXPRESSION_OPERAND,
            "!",
            "event.data.orderId is a text: ! fails.",
            "Compare it, as in event.data.orderId == null."),
        when(
            "-event.data.orderId == 'x'",
            ProblemCode.EXPRESSION_OPERAND,
            "-",
            "event.data.orderId is a text: - fails.",
            "Only integers and doubles have a sign."),
        when(
            "'x' in event.data.orderId",
            ProblemCode.EXPRESSION_OPERAND,
            "in event",
            "event.data.orderId is a text: in looks into lists and objects.",
            "Write event.data.orderId.contains('x')."),
        when(
            "event.data.total[0] == 1",
            ProblemCode.EXPRESSION_OPERAND,
            "[0]",
            "event.data.total is a number: [ ] fails.",
            "Lists and objects have elements."),
        when(
            "event.data.tags['a'] == 'x'",
            ProblemCode.EXPRESSION_OPERAND,
            "'a'",
            "'a' is a text: lists have numbers in [ ].",
            "Write event.data.tags[0]."),
        when(
            "event.data.orderId == 5",
            ProblemCode.EXPRESSION_NEVER,
            "==",
            "event.data.orderId is a text and 5 is an integer: == is always false.",
            "Write double(event.data.orderId) if it is a number in writing."),
        when(
            "event.data.vip != 'true'",
            ProblemCode.EXPRESSION_NEVER,
            "!=",
            "event.data.vip is true or false and 'true' is a text: != is always true.",
            "Write true without quotes."),
        when(
            "event.data.language == 'EM'",
            ProblemCode.EXPRESSION_NEVER,
            "==",
            "event.data.language and 'EM' are never the same text: == is always false.",
            "Did you mean \"EN\"? It is one of EN, RU, zh-CN."),
        when(
            "event.data.language in ['EN', 'CHINESE']",
            ProblemCode.EXPRESSION_NEVER,
            "'CHINESE'",
            "event.data.language is never 'CHINESE'.",
            "It is one of EN, RU, zh-CN."),
        when(
            "event.data.total in ['EN']",
            ProblemCode.EXPRESSION_NEVER,
            "'EN'",
            "event.data.total is never 'EN': it is a number.",
            "Remove it."),
        when(
            "event.data.total in event.data.tags",
            ProblemCode.EXPRESSION_NEVER,
            "in event",
            "event.data.total is a number and event.data.tags holds a text: it is never in it.",
            "Look for something that it can hold."),
        when(
            "lowercse(event.data.orderId) == 'x'",
            ProblemCode.EXPRESSION_FUNCTION,
            "lowercse",
            "There is no function lowercse().",
            "Did you mean \"lowercase\"? Functions are all, b64decode, bool, bytes, contains, date,"
                + " double, duration, dyn, endsWith, exists, exists_one, filter, getDate,"
                + " getDayOfMonth, getDayOfWeek, getDayOfYear, getFullYear, getHours,"
                + " getMilliseconds, getMinutes, getMonth, getSeconds, has, int, json_parse,"
                + " lowercase, map, matches, now, now_minus, now_plus, size, startsWith, string,"
                + " timestamp, type, uint, uppercase."),
        when(
            "event.data.orderId.toLowerCase() == 'x'",
            ProblemCode.EXPRESSION_FUNCTION,
            "toLowerCase",
            "There is no function toLowerCase().",
            "Did you mean \"lowercase\"?"),
        when(
            "Order{id: 1} == event.data",
            ProblemCode.EXPRESSION_FUNCTION,
            "{",
            "Order{…} makes a message, and the server knows none.",
            "Compare the fields one by one."),
        when(
            "event.data.orderId.lowercase() == 'x'",
            ProblemCode.EXPRESSION_ARGUMENT,
            "lowercase",
            "lowercase() cannot be called like this.",
            "Write it as in lowercase(event.data.orderId)."),
        when(
            "contains(event.data.orderId, 'x')",
            ProblemCode.EXPRESSION_ARGUMENT,
            "contains",
            "contains() cannot be called like this.",
            "Write it as in event.data.orderId.contains('x')."),
        when(
            "lowercase(event.data.count) == 'x'",
            ProblemCode.EXPRESSION_ARGUMENT,
            "count",
            "lowercase() takes a text, and event.data.count is a number.",
            "Write string(event.data.count)."),
        when(
            "date(event.ts) > now()",
            ProblemCode.EXPRESSION_ARGUMENT,
            "ts)",
            "date() takes an integer or a text, and event.ts is a number.",
            "Write int(event.ts): numbers of events are doubles."),
        when(
            "event.data.placed.getFullYear() == 2026",
            ProblemCode.EXPRESSION_ARGUMENT,
            "placed",
            "getFullYear() takes a time, and event.data.placed is a text.",
            "Write date(event.data.placed)."),
        when(
            "event.data.exists(x)",
            ProblemCode.EXPRESSION_ARGUMENT,
            "exists",
            "exists() cannot be called like this.",
            "Write it as in list.exists(item, item.field == 1)."),
        when(
            "has(event)",
            ProblemCode.EXPRESSION_ARGUMENT,
            "has",
            "has() cannot be called like this.",
            "Write it as in has(event.data.field)."),
        when(
            "event.data.orderId.exists(c, c == 'x')",
            ProblemCode.EXPRESSION_ARGUMENT,
            "exists",
            "event.data.orderId is a text: exists() goes through lists and objects.",
            "Compare it without exists()."),
        when(
            "event.data.items.exists(i, i.sku)",
            ProblemCode.EXPRESSION_ARGUMENT,
            "sku",
            "The condition of exists(), i.sku, is a text.",
            "Compare it with something."),
        when(
            "date(event.data.placed) > now_minus('1 day')",
            ProblemCode.EXPRESSION_ARGUMENT,
            "'1 day'",
            "'1 day' is no duration.",
            "Write one as in '1h30m'."),
        when(
            "now() - date(event.data.placed) > duration('1d')",
            ProblemCode.EXPRESSION_ARGUMENT,
            "'1d'",
            "'1d' is no duration.",
            "Write one as in '1h30m'."),
        when(
            "event.data.orderId.matches('^[A-Z+$')",
            ProblemCode.EXPRESSION_ARGUMENT,
            "'^[A-Z+$'",
            "'^[A-Z+$' is no pattern: missing closing ] [A-Z+$.",
            "The server's patterns are those of RE2, which neither look around nor refer back."),
        when(
            "matches(event.data.orderId, 'a(?=b)')",
            ProblemCode.EXPRESSION_ARGUMENT,
            "'a(?=b)'",
            "'a(?=b)' is no pattern: invalid or unsupported Perl syntax (?=.",
            "The server's patterns are those of RE2, which neither look around nor refer back."),
        when(
            "event.data.orderId",
            ProblemCode.EXPRESSION_RESULT,
            "orderId",
            "A condition is true or false, and event.data.orderId is a text.",
            "Compare it with something, as in event.data.orderId != null."),
        when(
            "event.data.total + 1.0",
            ProblemCode.EXPRESSION_RESULT,
            "+",
            "A condition is true or false, and event.data.total + 1.0 is a number.",
            "Compare it with something, as in event.data.total + 1.0 != null."),
        when(
            "event.data.note && event.data.vip",
            ProblemCode.EXPRESSION_MIXED,
            "&&",
            "A condition is true or false, and sometimes event.data.note && event.data.vip is a"
                + " text.",
            "Compare it with something, as in event.data.note && event.data.vip != null."),
        of(
            ExpressionUse.PRIORITY,
            "event.data.count",
            ProblemCode.EXPRESSION_RESULT,
            "count",
            "A priority is an integer, and event.data.count is a number.",
            "Write int(event.data.count): numbers of events are doubles, and the server ignores"
                + " those."),
        of(
            ExpressionUse.PRIORITY,
            "event.data.vip",
            ProblemCode.EXPRESSION_RESULT,
            "vip",
            "A priority is an integer, and event.data.vip is true or false.",
            "Write seconds, as in event.data.vip ? 120 : 0."),
        of(
            ExpressionUse.KEY,
            "[event.data.orderId, event.data.customer]",
            ProblemCode.EXPRESSION_RESULT,
            "[",
            "A key is a text, a number, or true or false, and [event.data.orderId,"
                + " event.data.customer] is a list.",
            "Join the parts: event.data.a + '-' + event.data.b."),
        of(
            ExpressionUse.IDEMPOTENCY,
            "event.data.address",
            ProblemCode.EXPRESSION_RESULT,
            "address",
            "A key is a text, a number, or true or false, and event.data.address is an object.",
            "Name a field of it."),
        of(
            ExpressionUse.CANCEL_WHEN,
            "lowercase(async.data.customer) == event.data.customer",
            ProblemCode.EXPRESSION_REFUSED,
            "lowercase",
            "lowercase() is refused in conditions that end runs.",
            "They take comparisons, && || ! ?:, in, [ ], and int(), uint() and double()."),
        of(
            ExpressionUse.CANCEL_WHEN,
            "event.data.items.exists(i, i.sku == async.data.customer)",
            ProblemCode.EXPRESSION_REFUSED,
            "exists",
            "exists() is refused in conditions that end runs.",
            "They take comparisons, && || ! ?:, in, [ ], and int(), uint() and double()."),
        of(
            ExpressionUse.CANCEL_WHEN,
            "has(async.data.customer)",
            ProblemCode.EXPRESSION_REFUSED,
            "has",
            "has() is refused in conditions that end runs.",
            "They take comparisons, && || ! ?:, in, [ ], and int(), uint() and double()."),
        of(
            ExpressionUse.CANCEL_WHEN,
            "async.data.customer == event.data.orderId + 'x'",
            ProblemCode.EXPRESSION_REFUSED,
            "+",
            "+ is refused in conditions that end runs.",
            "They take comparisons, && || ! ?:, in, [ ], and int(), uint() and double()."),
        of(
            ExpressionUse.CANCEL_WHEN,
            "async.data.orderId == event.data.orderId",
            ProblemCode.EXPRESSION_NEVER,
            "==",
            "async.data.orderId is a number and event.data.orderId is a text: == is always false.",
            "Write double(event.data.orderId) if it is a number in writing."),
        of(
            ExpressionUse.WAIT_WHEN,
            "async.data.colour == event.data.language",
            ProblemCode.EXPRESSION_NEVER,
            "==",
            "async.data.colour and event.data.language are never the same text: == is always"
                + " false.",
            "Compare it with a text that it can be."),
        of(
            ExpressionUse.BATCH_WHEN,
            "event.data.orderId > 5",
            ProblemCode.EXPRESSION_OPERAND,
            "> 5",
            "event.data.orderId is a text and 5 is an integer: > fails.",
            "Write double(event.data.orderId) if it is a number in writing."),
        when(
            "",
            ProblemCode.EXPRESSION_SYNTAX,
            "",
            "The expression is empty.",
            "Write one, or leave it out."),
        when(
            "event.data.total === 1",
            ProblemCode.EXPRESSION_SYNTAX,
            "===",
            "There is no === in CEL.",
            "Write ==."),
        when(
            "event.data.total !== 1",
            ProblemCode.EXPRESSION_SYNTAX,
            "!==",
            "There is no !== in CEL.",
            "Write !=."),
        when(
            "event.data.total = 1",
            ProblemCode.EXPRESSION_SYNTAX,
            "= 1",
            "\"=\" cannot stand here.",
            "Write == to compare; an expression changes nothing."),
        when(
            "event.data.vip and event.data.total > 1",
            ProblemCode.EXPRESSION_SYNTAX,
            "and",
            "\"and\" cannot stand here.",
            "Write &&."),
        when(
            "event.data.total >",
            ProblemCode.EXPRESSION_SYNTAX,
            "",
            "The expression ends too early.",
            "Something is missing at its end."),
        when(
            "(event.data.total > 1",
            ProblemCode.EXPRESSION_SYNTAX,
            "",
            "The expression ends too early.",
            "A ( is not closed."),
        when(
            "event.data.orderId == 'abc",
            ProblemCode.EXPRESSION_SYNTAX,
            "'abc",
            "\"'\" cannot stand here.",
            "The text is not closed, or has a \\ that means nothing."),
        when(
            "event.data.`my-field` == 1",
            ProblemCode.EXPRESSION_SYNTAX,
            "`",
            "\"`\" cannot stand here.",
            "Write event.data[\"name\"] for a field whose name is no identifier."),
        when(
            "event?.data == null",
            ProblemCode.EXPRESSION_SYNTAX,
            "?.",
            "There is no ?. here.",
            "Write it without the question mark: fields that are missing are null."),
        when(
            "event.data.total > 99999999999999999999",
            ProblemCode.EXPRESSION_SYNTAX,
            "999",
            "The number is too large.",
            "Whole numbers have 64 bits; write a decimal point for larger ones."));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsOneFindingAtItsPlace(Mistake mistake) {
    boolean two =
        mistake.use() == ExpressionUse.CANCEL_WHEN || mistake.use() == ExpressionUse.WAIT_WHEN;
    List<Finding> findings =
        expressions.check(mistake.use(), mistake.expression(), ORDER, two ? CANCELLED : null);

    assertThat(findings)
        .extracting(Finding::code, Finding::fact, Finding::fix)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(mistake.code(), mistake.fact(), mistake.fix()));
    String[] lines = findings.get(0).excerpt().split("\n", -1);
    assertThat(lines).hasSize(mistake.expression().isEmpty() ? 1 : 2);
    int column = lines[lines.length - 1].indexOf('^') - 4;
    assertThat(mistake.expression().substring(column)).startsWith(mistake.at());
  }

  /** The codes that are tested here. */
  public static Stream<ProblemCode> codes() {
    return Stream.concat(
        mistakes().map(Mistake::code).distinct(), Stream.of(ProblemCode.MATCH_PATH));
  }

  @Test
  void severalMistakesComeInTheOrderOfTheText() {
    assertThat(
            expressions.check(
                ExpressionUse.TRIGGER_WHEN,
                "event.data.totl > 1 && nothing(event.data.orderId > 3) && evnt.x",
                ORDER,
                null))
        .extracting(Finding::code)
        .containsExactly(
            ProblemCode.EXPRESSION_FIELD,
            ProblemCode.EXPRESSION_FUNCTION,
            ProblemCode.EXPRESSION_VARIABLE);
  }

  @Test
  void theMarkIsUnderThePlaceInItsLine() {
    List<Finding> findings =
        expressions.check(
            ExpressionUse.TRIGGER_WHEN,
            "event.data.vip &&\n\tevent.data.orderId != '🎉' && event.data.totl > 1\n&& true",
            ORDER,
            null);
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).excerpt())
        .isEqualTo(
            """
                event.data.vip &&
                 event.data.orderId != '🎉' && event.data.totl > 1
                                                         ^
                && true\
            """);
  }

  @Test
  void fieldsOfOneOfSeveralEventsAreKnown() {
    Payload either = Payloads.anyOf(List.of(ORDER, CANCELLED));

    assertThat(check("event.data.colour == 'RED' || event.data.vip", either)).isEmpty();
    assertThat(check("event.data.orderId == 'A' || event.data.orderId == 5", either)).isEmpty();
    assertThat(check("event.data.customr == 'A'", either))
        .extracting(Finding::fact)
        .containsExactly("event.data (Order, Cancelled) has no field \"customr\".");
    assertThat(check("event.data.total > 100", either))
        .extracting(Finding::code, Finding::fact)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                ProblemCode.EXPRESSION_MIXED,
                "event.data.total is a number or a text and 100 is an integer: > fails for some of"
                    + " them, and the server tries such an event again for ever."));
    assertThat(check("event.data.colour > 3", either))
        .extracting(Finding::code)
        .containsExactly(ProblemCode.EXPRESSION_OPERAND);
  }

  @Test
  void anythingGoesWhereNothingIsKnown() {
    Payload mixed = Payloads.anyOf(List.of(ORDER, Payloads.untyped("shop/*")));

    assertThat(check("event.data.nobody.knows > 3", Payloads.untyped("shop/*"))).isEmpty();
    assertThat(check("event.data.total > 'x' || event.data.nobody", mixed)).isEmpty();
    assertThat(check("event.data.cron == '* * * * *'", Payloads.cron())).isEmpty();
    assertThat(check("event.nobody", mixed)).hasSize(1);
  }

  private List<Finding> check(String expression, Payload event) {
    return expressions.check(ExpressionUse.TRIGGER_WHEN, expression, event, null);
  }

  @Test
  void pathsThatBothEventsHaveMatch() {
    assertThat(expressions.checkMatch("data.customer", ORDER, CANCELLED)).isEmpty();
    assertThat(expressions.checkMatch("data.language", ORDER, CANCELLED)).isEmpty();
    assertThat(expressions.checkMatch("user.id", ORDER, CANCELLED)).isEmpty();
    assertThat(expressions.checkMatch("data.x", Payloads.untyped("a"), CANCELLED))
        .extracting(Finding::fact)
        .containsExactly("data of \"shop/cancelled\" has no field \"x\".");
  }

  static Stream<List<String>> paths() {
    return Stream.of(
        List.of("", "\"\" is no path to a field."),
        List.of("data.", "\"data.\" is no path to a field."),
        List.of("data.a == 1", "\"data.a == 1\" is no path to a field."),
        List.of(
            "event.data.orderId", "The path begins with event, and is looked for in both events."),
        List.of("orderId", "\"shop/order\" has no field \"orderId\"."),
        List.of("data.custmer", "data of \"shop/order\" has no field \"custmer\"."),
        List.of("data.vip", "data of \"shop/cancelled\" has no field \"vip\"."),
        List.of(
            "data.customer.id",
            "data.customer of \"shop/order\" is a text and has no field \"id\"."),
        List.of(
            "data.orderId",
            "data.orderId is a text in \"shop/order\" and a number in \"shop/cancelled\": they are"
                + " never equal."));
  }

  @ParameterizedTest
  @MethodSource("paths")
  void pathsThatCannotMatchAreTold(List<String> path) {
    assertThat(expressions.checkMatch(path.get(0), ORDER, CANCELLED))
        .extracting(Finding::code, Finding::fact)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(ProblemCode.MATCH_PATH, path.get(1)));
  }

  @Test
  void nothingThatIsWrittenBreaksTheChecker() {
    String[] parts = {
      "event",
      "async",
      ".",
      "data",
      "total",
      "items",
      "'a'",
      "\"",
      "1",
      "2.5",
      "3u",
      "(",
      ")",
      "[",
      "]",
      "{",
      "}",
      ",",
      "?",
      ":",
      "==",
      "!=",
      "<",
      ">=",
      "&&",
      "||",
      "!",
      "-",
      "+",
      "*",
      "/",
      "%",
      "in",
      "has",
      "exists",
      "map",
      "size",
      "now",
      "date",
      "true",
      "null",
      " ",
      "\n",
      "\t",
      "\\",
      "`",
      "$",
      "é",
      "🎉",
      "//",
      "b'x'",
      "language",
      "x",
      "orderId",
      "int",
      "\r\n",
      "\u0000"
    };
    List<ExpressionUse> uses = List.of(ExpressionUse.values());
    Random random = new Random(4);
    for (int n = 0; n < 3_000; n++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(14);
      for (int i = 0; i < length; i++) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      ExpressionUse use = uses.get(n % uses.size());
      for (Finding finding : expressions.check(use, text.toString(), ORDER, CANCELLED)) {
        assertThat(finding.fact()).as(text.toString()).endsWith(".");
        assertThat(finding.fix()).as(text.toString()).isNotBlank();
        assertThat(finding.excerpt()).as(text.toString()).contains("^");
      }
      expressions.checkMatch(text.toString(), ORDER, CANCELLED);
    }
  }

  @Test
  void deepExpressionsAreRefusedInsteadOfEndingTheCompiler() {
    String deep = "(".repeat(5_000) + "event.data.vip" + ")".repeat(5_000);
    assertThat(check(deep, ORDER)).hasSize(1);
    String unary = "!".repeat(20_000) + "event.data.vip";
    assertThat(check(unary, ORDER)).hasSizeLessThanOrEqualTo(1);
    String sum = "1" + " + 1".repeat(20_000) + " > 0";
    assertThat(check(sum, ORDER)).hasSizeLessThanOrEqualTo(1);
  }
}
