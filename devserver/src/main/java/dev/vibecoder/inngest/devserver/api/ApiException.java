package dev.vibecoder.inngest.devserver.api;

import java.util.Objects;

/** A request that cannot be answered as it was meant. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ApiResponse response;

  ApiException(ApiResponse response) {
    super("refused with " + response.status(), null, false, false);
    this.response = response;
  }

  ApiException(int status, String message) {
    this(ApiResponse.error(status, message));
  }

  ApiResponse response() {
    return Objects.requireNonNull(response);
  }
}
