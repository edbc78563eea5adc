import dev.vibecoder.inngest.RetryAfterException;
import java.time.Duration;

/** See {@link Error}. */
@SuppressWarnings("DefaultPackage")
final class RetryAfterError extends RetryAfterException {
  private static final long serialVersionUID = 1L;

  RetryAfterError(String message, Duration delay) {
    super(message, delay);
  }
}
