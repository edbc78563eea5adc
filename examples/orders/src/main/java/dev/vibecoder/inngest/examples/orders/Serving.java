package dev.vibecoder.inngest.examples.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.adapter.lambda.InngestLambda;
import dev.vibecoder.inngest.adapter.servlet.InngestServlet;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.server.InngestServer;
import dev.vibecoder.inngest.spi.Dependencies;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Other ways to serve the same functions. */
final class Serving {
  private Serving() {}

  static InngestServer everything(Payments payments, Warehouse warehouse) {
    return InngestServer.builder()
        .dependencies(Dependencies.of(payments, warehouse))
        .host("0.0.0.0")
        .concurrentCalls(50)
        .start();
  }

  static InngestServlet servlet(Inngest client, FunctionRegistry functions) {
    return InngestServlet.of(client, functions);
  }

  /** What AWS Lambda creates and calls, behind a function URL or an HTTP API. */
  public static final class Lambda implements RequestStreamHandler {
    private final InngestLambda app =
        InngestLambda.of(
            Inngest.of(InngestOptions.builder().appId("orders").build()),
            FunctionRegistry.of(OrdersApp.functions(new FakePayments(), new FakeWarehouse())));

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      app.handleRequest(input, output, context);
    }
  }
}
