import org.jspecify.annotations.Nullable;

/** An error whose name on the wire, its class's full name, is the one that TypeScript's has. */
@SuppressWarnings({"DefaultPackage", "JavaLangClash"})
class Error extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Error(String message) {
    super(message);
  }

  Error(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
