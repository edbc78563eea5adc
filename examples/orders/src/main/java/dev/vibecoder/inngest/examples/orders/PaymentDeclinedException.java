package dev.vibecoder.inngest.examples.orders;

/** The bank says no, and will say it again. */
public class PaymentDeclinedException extends Exception {
  private static final long serialVersionUID = 1;

  /** With what the bank said. */
  public PaymentDeclinedException(String message) {
    super(message);
  }
}
