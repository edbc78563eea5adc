package dev.vibecoder.inngest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * What a model answered. Immutable.
 *
 * @param json the provider's answer as it came; not to be changed
 */
@SuppressWarnings("DoNotCallSuggester")
public record AiAnswer(JsonNode json) {
  /**
   * Checks that there is an answer.
   *
   * @param json the provider's answer
   */
  public AiAnswer {
    Objects.requireNonNull(json, "json");
  }

  /**
   * The text of the answer, whichever of the known shapes it has.
   *
   * @return the text, all parts of it; empty if the model gave none, for example because it calls a
   *     tool
   */
  public String text() {
    throw new UnsupportedOperationException();
  }

  /**
   * The text of the answer as JSON. Code fences around it are left out.
   *
   * @param type type of the answer
   * @param <T> type of the answer
   * @return the answer
   * @throws NonRetriableException if the text is not of that type
   */
  public <T> T read(Class<T> type) {
    throw new UnsupportedOperationException();
  }
}
