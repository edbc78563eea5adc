package dev.vibecoder.inngest.middleware;

import dev.vibecoder.inngest.FunctionContext;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.middleware.encryption.EncryptionKey;
import dev.vibecoder.inngest.middleware.encryption.EncryptionMiddleware;
import dev.vibecoder.inngest.middleware.logging.MdcMiddleware;
import dev.vibecoder.inngest.middleware.micrometer.MicrometerMiddleware;
import dev.vibecoder.inngest.middleware.opentelemetry.OpenTelemetryMiddleware;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import org.jspecify.annotations.Nullable;

/** What the documentation of middleware shows. */
final class MiddlewareExamples {
  private MiddlewareExamples() {}

  /** Stands for any transaction manager. */
  interface Database {
    Transaction begin();
  }

  interface Transaction {
    void commit();

    void rollback();
  }

  static final class Transactions implements Middleware {
    private final Database database;

    Transactions(Database database) {
      this.database = database;
    }

    @Override
    public @Nullable Object wrapStep(CallContext call, StepInfo step, Next<@Nullable Object> next)
        throws Exception {
      Transaction transaction = database.begin();
      boolean committed = false;
      try {
        Object result = next.proceed();
        transaction.commit();
        committed = true;
        return result;
      } finally {
        if (!committed) {
          transaction.rollback();
        }
      }
    }
  }

  static final class TenantOfRequest implements Middleware {
    static final ContextKey<String> TENANT = ContextKey.of("tenant");

    @Override
    public AppResponse wrapRequest(CallContext call, AppRequest request, Next<AppResponse> next)
        throws Exception {
      request.header("X-Tenant").ifPresent(tenant -> call.put(TENANT, tenant));
      return next.proceed();
    }

    static String tenant(FunctionContext context) {
      return context.value(TENANT).orElse("none");
    }
  }

  static Inngest client(OpenTelemetry telemetry, MeterRegistry meters) {
    return Inngest.of(
        InngestOptions.builder()
            .appId("shop")
            .middleware(
                OpenTelemetryMiddleware.of(telemetry),
                MicrometerMiddleware.of(meters),
                new MdcMiddleware())
            .build());
  }

  static FunctionDefinition withTransactions(FunctionDefinition fulfilOrder, Database database) {
    return fulfilOrder.withMiddleware(new Transactions(database));
  }

  static Middleware rotated(String presentKey, String formerKey) {
    return EncryptionMiddleware.withKey(EncryptionKey.of(presentKey))
        .fallbackKeys(EncryptionKey.of(formerKey))
        .build();
  }
}
