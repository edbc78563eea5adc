/** See {@link Error}. */
@SuppressWarnings("DefaultPackage")
final class TypeError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TypeError(String message) {
    super(message);
  }
}
