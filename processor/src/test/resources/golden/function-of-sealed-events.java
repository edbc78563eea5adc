package shop;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.InvokedEvent;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.annotation.InngestGenerated;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.spi.Dependencies;
import javax.annotation.processing.Generated;

/** The durable form of {@link F}. */
@Generated("dev.vibecoder.inngest.processor.InngestProcessor")
@InngestGenerated
public final class FFunction {
  /** Refers to the function, for calls from other functions. */
  public static final FunctionRef<JsonNode, String> REF =
      FunctionRef.of("f", TypeRef.of(String.class));

  private FFunction() {}

  /**
   * Makes the function.
   *
   * @return the function, ready to be registered
   */
  public static FunctionDefinition define() {
    Durable function = new Durable();
    return FunctionDefinition.define("f")
        .onAny(ParcelShippedEvent.TYPE, ParcelLostEvent.TYPE, InvokedEvent.type(TypeRef.of(Parcel.class)))
        .handle((event, steps) -> function.run((Parcel) event.data(), event));
  }

  /**
   * Makes the function with what its constructor needs looked up.
   *
   * @param dependencies looks it up
   * @return the function, ready to be registered
   */
  public static FunctionDefinition define(Dependencies dependencies) {
    return define();
  }

  private static final class Durable extends F {}
}
