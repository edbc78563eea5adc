import dev.vibecoder.inngest.it.wire.WireErrors;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes the errors that no class in a package can name. */
@SuppressWarnings("DefaultPackage")
public final class UnnamedPackageErrors implements WireErrors {
  @Override
  public RuntimeException error(String message) {
    return new Error(message);
  }

  @Override
  public RuntimeException typeError(String message) {
    return new TypeError(message);
  }

  @Override
  public RuntimeException nonRetriable(String message, @Nullable Throwable cause) {
    return new NonRetriableError(message, cause);
  }

  @Override
  public RuntimeException retryAfter(String message, Duration delay) {
    return new RetryAfterError(message, delay);
  }
}
