package dev.vibecoder.inngest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.internal.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What a model answered. Immutable.
 *
 * @param json the provider's answer as it came; not to be changed
 */
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
    StringBuilder text = new StringBuilder();
    JsonNode choice = json.path("choices").path(0).path("message").path("content");
    if (choice.isTextual()) {
      text.append(choice.asText());
    }
    appendTexts(choice, text);
    appendTexts(json.path("content"), text);
    appendTexts(json.path("candidates").path(0).path("content").path("parts"), text);
    return text.toString();
  }

  private static void appendTexts(JsonNode parts, StringBuilder text) {
    if (parts.isArray()) {
      for (JsonNode part : parts) {
        text.append(part.path("text").asText(""));
      }
    }
  }

  /**
   * The text of the answer as JSON. A code fence around it is left out.
   *
   * @param type type of the answer
   * @param <T> type of the answer
   * @return the answer
   * @throws NonRetriableException if the text is not of that type
   */
  public <T> T read(Class<T> type) {
    String text = withoutFence(text().strip());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Object value;
    try {
      value = Json.read(bytes, 0, bytes.length, TypeRef.of(type));
    } catch (IOException e) {
      throw new NonRetriableException(
          "The model's answer cannot be read as " + type.getName() + ": " + Json.problem(e), e);
    }
    if (value == null) {
      throw new NonRetriableException("The model's answer is null.");
    }
    return type.cast(value);
  }

  private static String withoutFence(String text) {
    int line = text.indexOf('\n');
    return text.startsWith("```") && text.endsWith("```") && line > 0 && line < text.length() - 3
        ? text.substring(line + 1, text.length() - 3)
        : text;
  }
}
