package app;

import lombok.Builder;
import lombok.Value;
import lombok.extern.jackson.Jacksonized;

@Value
@Builder
@Jacksonized
public class Invoice {
  String orderId;
  int quantity;
  String text;
}
