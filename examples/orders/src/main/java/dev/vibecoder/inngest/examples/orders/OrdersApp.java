package dev.vibecoder.inngest.examples.orders;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.server.InngestServer;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Serves the functions of the shop to the server that the environment names. */
public final class OrdersApp {
  private OrdersApp() {}

  /**
   * Runs until it is ended.
   *
   * @param arguments none
   * @throws InterruptedException if the main thread is interrupted
   */
  public static void main(String[] arguments) throws InterruptedException {
    Inngest client = Inngest.of(InngestOptions.builder().appId("orders").build());
    try (InngestServer app =
        InngestServer.builder()
            .client(client)
            .functions(functions(new FakePayments(), new FakeWarehouse()))
            .start()) {
      System.out.println("App     " + app.url());
      System.out.println("Server  " + client.options().apiUrl());
      new CountDownLatch(1).await();
    }
  }

  static List<FunctionDefinition> functions(Payments payments, Warehouse warehouse) {
    return List.of(
        FulfilOrderFunction.define(payments, warehouse),
        EscalateFunction.define(),
        QuoteOrderFunction.define(warehouse),
        ReturnOrderFunction.define(payments, warehouse),
        IndexPricesFunction.define(),
        DailyReportFunction.define());
  }
}
