package dev.vibecoder.inngest.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Each function, call by call, against a server without time; and its steps by themselves. */
class OrdersTest {
  private static final String ORDER =
      "{\"name\":\"shop/order.placed\",\"id\":\"01E\",\"ts\":1,\"data\":{\"orderId\":\"O-1\","
          + "\"customerId\":\"c\",\"total\":%d,\"items\":[{\"sku\":\"A\",\"quantity\":1},"
          + "{\"sku\":\"B\",\"quantity\":2}]}}";

  private static final String RETURN =
      "{\"name\":\"shop/order.returned\",\"id\":\"01E\",\"ts\":1,\"data\":{\"orderId\":\"%s\","
          + "\"total\":5000,\"items\":[{\"sku\":\"A\",\"quantity\":1},"
          + "{\"sku\":\"B\",\"quantity\":2}]}}";

  private final FakeWarehouse warehouse = new FakeWarehouse();
  private final Calls calls = new Calls(OrdersApp.functions(new FakePayments(), warehouse));

  @Test
  void anOrderThatIsShippedIsFulfilled() {
    calls.awaiting(
        "{\"name\":\"shop/order.shipped\",\"id\":\"01S\",\"ts\":2,"
            + "\"data\":{\"orderId\":\"O-1\",\"parcel\":\"P\"}}");

    assertThat(calls.run("fulfil-order", ORDER.formatted(5_000)))
        .hasToString(
            "{\"orderId\":\"O-1\",\"state\":\"paid with charge-c, shipped\","
                + "\"shelves\":[\"shelf-A\",\"shelf-B\"]}");
    assertThat(calls.reported())
        .containsExactly(
            "StepPlanned charge",
            "StepRun charge",
            "StepPlanned reserve[A]",
            "StepRun reserve[A]",
            "StepPlanned reserve[B]",
            "StepRun reserve[B]",
            "WaitForEvent wait-shop/order.shipped");
  }

  @Test
  void anOrderThatIsNotShippedIsEscalated() {
    assertThat(calls.run("fulfil-order", ORDER.formatted(5_000)).get("state").asText())
        .isEqualTo("escalated: ticket for O-1: nothing was shipped");
  }

  @Test
  void aDeclinedPaymentIsCaughtAsItsOwnTypeAndNotTriedAgain() {
    assertThat(calls.run("fulfil-order", ORDER.formatted(500_000)).get("state").asText())
        .isEqualTo("declined: limit exceeded");
    assertThat(calls.reported()).containsExactly("StepPlanned charge", "StepFailed charge");
  }

  @Test
  void aQuoteIsMadeInTwoRounds() {
    String event =
        "{\"name\":\"shop/quote.requested\",\"id\":\"01E\",\"ts\":1,\"data\":{\"customerId\":"
            + "\"staff-1\",\"country\":\"NZ\",\"items\":[{\"sku\":\"A\",\"quantity\":3}]}}";

    assertThat(calls.run("quote-order", event))
        .hasToString("{\"goods\":3000,\"shipping\":500,\"discount\":600,\"total\":2900}");
    assertThat(calls.reported().subList(0, 4))
        .containsExactly(
            "StepPlanned goods", "StepRun goods", "StepPlanned shipping", "StepRun shipping");
  }

  @Test
  void aReturnThatCannotBeRefundedIsUndone() {
    assertThat(calls.run("return-order", RETURN.formatted("O-1")).asText())
        .isEqualTo("refunded O-1");
    assertThat(warehouse.stock("B")).isEqualTo(2);

    assertThatThrownBy(() -> calls.run("return-order", RETURN.formatted("ORDER-BROKEN")))
        .hasMessageContaining("The bank does not answer");
    assertThat(warehouse.stock("B")).isEqualTo(2);
    assertThat(calls.reported()).endsWith("StepRun undo-restock[B]", "StepRun undo-restock[A]");
  }

  @Test
  void aBatchIsOneRun() {
    String event =
        "{\"name\":\"shop/price.changed\",\"id\":\"01E\",\"ts\":1,\"data\":{\"sku\":\"%s\",\"price\":1}}";

    assertThat(
            calls.run(
                "index-prices", event.formatted("A"), event.formatted("B"), event.formatted("A")))
        .hasToString("2");
  }

  @Test
  void aReportIsMadeWhenTheScheduleSaysSo() {
    String tick =
        "{\"name\":\"inngest/scheduled.timer\",\"id\":\"01E\",\"ts\":1,"
            + "\"data\":{\"cron\":\"0 7 * * 1-5\"}}";

    assertThat(calls.run("daily-report", tick).asText()).isEqualTo("12 orders, 1 returns");
    assertThat(calls.reported()).contains("Sleep before-mail");
  }

  @Test
  void aStepIsAnOrdinaryMethodOfTheClassAsWritten() {
    assertThat(new QuoteOrder(warehouse).shipping("NZ")).isEqualTo(500);
  }
}
