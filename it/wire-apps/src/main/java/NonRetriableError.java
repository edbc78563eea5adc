import dev.vibecoder.inngest.NonRetriableException;
import org.jspecify.annotations.Nullable;

/** See {@link Error}. */
@SuppressWarnings("DefaultPackage")
final class NonRetriableError extends NonRetriableException {
  private static final long serialVersionUID = 1L;

  NonRetriableError(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
