package dev.vibecoder.inngest.examples.orders;

/** Who moves money; amounts are in cents. */
interface Payments {
  /**
   * Takes money, once for each key however often it is asked.
   *
   * @return the charge's id
   * @throws PaymentDeclinedException if the bank says no
   */
  String charge(String customerId, long amount, String idempotencyKey)
      throws PaymentDeclinedException;

  /** Gives money back, once for each key. */
  void refund(String orderId, long amount, String idempotencyKey);
}
