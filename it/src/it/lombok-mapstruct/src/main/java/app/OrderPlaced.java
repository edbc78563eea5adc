package app;

import dev.vibecoder.inngest.annotation.InngestEvent;
import lombok.AllArgsConstructor;
import lombok.Data;
import lombok.NoArgsConstructor;

@InngestEvent("app/order.placed")
@Data
@NoArgsConstructor
@AllArgsConstructor
public class OrderPlaced {
  private String orderId;
  private int quantity;
}
