package dev.vibecoder.inngest.examples.orders;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A bank for trying things out: it declines what is over 1,000.00 and breaks on "ORDER-BROKEN". */
final class FakePayments implements Payments {
  private final ConcurrentMap<String, String> charges = new ConcurrentHashMap<>();

  @Override
  public String charge(String customerId, long amount, String idempotencyKey)
      throws PaymentDeclinedException {
    if (amount > 100_000) {
      throw new PaymentDeclinedException("limit exceeded");
    }
    return charges.computeIfAbsent(idempotencyKey, key -> "charge-" + customerId);
  }

  @Override
  public void refund(String orderId, long amount, String idempotencyKey) {
    if (orderId.equals("ORDER-BROKEN")) {
      throw new IllegalStateException("The bank does not answer");
    }
  }
}
