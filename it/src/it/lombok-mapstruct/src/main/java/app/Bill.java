package app;

import dev.vibecoder.inngest.annotation.InngestFunction;
import dev.vibecoder.inngest.annotation.Step;
import lombok.RequiredArgsConstructor;

@InngestFunction(id = "bill", event = "app/order.placed")
@RequiredArgsConstructor
public class Bill {
  private final InvoiceMapper mapper;

  @Step
  Invoice invoice(OrderPlaced order) {
    return mapper.invoice(order);
  }

  @Step
  String send(OrderPlacedEvent event, Invoice invoice) {
    return invoice.getText() + ", " + event.data().getOrderId();
  }
}
