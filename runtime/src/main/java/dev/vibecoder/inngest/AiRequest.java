package dev.vibecoder.inngest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.internal.json.Json;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to a model, in the shape of one of the providers' APIs. Immutable; {@link #toString()}
 * shows no key.
 *
 * <pre>{@code
 * AiRequest.openAi("gpt-4o-mini").apiKey(key).system("Be brief.").user("What is durable execution?")
 * }</pre>
 */
public final class AiRequest {
  private static final int ANTHROPIC_MAX_TOKENS = 4096;

  private final Shape shape;
  private final URI url;
  private final @Nullable String key;
  private final ObjectNode headers;
  private final ObjectNode body;

  private AiRequest(
      Shape shape, URI url, @Nullable String key, ObjectNode headers, ObjectNode body) {
    this.shape = shape;
    this.url = url;
    this.key = key;
    this.headers = headers;
    this.body = body;
  }

  /** How a provider wants its requests. */
  private enum Shape {
    OPENAI("openai-chat"),
    ANTHROPIC("anthropic"),
    GEMINI("gemini");

    private final String wire;

    Shape(String wire) {
      this.wire = wire;
    }
  }

  /**
   * A request in the shape of OpenAI's chat completions, which many others take as well.
   *
   * @param model the model's name
   * @return a request to {@code https://api.openai.com/v1/chat/completions}
   */
  public static AiRequest openAi(String model) {
    return new AiRequest(
        Shape.OPENAI,
        URI.create("https://api.openai.com/v1/chat/completions"),
        null,
        object(),
        object().put("model", requireModel(model)));
  }

  /**
   * A request in the shape of Anthropic's messages.
   *
   * @param model the model's name
   * @return a request to {@code https://api.anthropic.com/v1/messages}, for at most 4,096 tokens
   */
  public static AiRequest anthropic(String model) {
    return new AiRequest(
        Shape.ANTHROPIC,
        URI.create("https://api.anthropic.com/v1/messages"),
        null,
        object().put("anthropic-version", "2023-06-01"),
        object().put("model", requireModel(model)).put("max_tokens", ANTHROPIC_MAX_TOKENS));
  }

  /**
   * A request in the shape of Gemini's content generation.
   *
   * @param model the model's name: letters, digits, dots, hyphens and slashes
   * @return a request to {@code https://generativelanguage.googleapis.com/v1beta}
   */
  public static AiRequest gemini(String model) {
    return new AiRequest(
        Shape.GEMINI,
        URI.create(
            "https://generativelanguage.googleapis.com/v1beta/models/"
                + requireModel(model)
                + ":generateContent"),
        null,
        object(),
        object());
  }

  private static String requireModel(String model) {
    if (model.isBlank()) {
      throw new IllegalArgumentException("The name of a model is empty.");
    }
    return model;
  }

  /**
   * The same request with a key.
   *
   * @param newKey the provider's API key; the server has it until the request is made
   * @return a new request
   */
  public AiRequest apiKey(String newKey) {
    return new AiRequest(shape, url, Objects.requireNonNull(newKey, "key"), headers, body);
  }

  /**
   * The same request to another place that takes its shape.
   *
   * @param newUrl the complete URL that is posted to, with the scheme http or https
   * @return a new request
   * @throws IllegalArgumentException if the URL is not absolute
   */
  public AiRequest url(URI newUrl) {
    return new AiRequest(shape, FetchRequest.requireAbsolute(newUrl), key, headers, body);
  }

  /**
   * The same request with an HTTP header.
   *
   * @param name the header's name
   * @param value its value
   * @return a new request
   */
  public AiRequest header(String name, String value) {
    return new AiRequest(shape, url, key, headers.deepCopy().put(name, value), body);
  }

  /**
   * The same request with instructions for the model.
   *
   * @param text the instructions
   * @return a new request
   */
  public AiRequest system(String text) {
    return switch (shape) {
      case OPENAI -> message("system", text);
      case ANTHROPIC -> with("system", text);
      case GEMINI -> {
        ObjectNode changed = body.deepCopy();
        changed.putObject("systemInstruction").putArray("parts").addObject().put("text", text);
        yield changed(changed);
      }
    };
  }

  /**
   * The same request with a message of the user, after those that are there.
   *
   * @param text the message
   * @return a new request
   */
  public AiRequest user(String text) {
    return message("user", text);
  }

  /**
   * The same request with an earlier answer of the model, after the messages that are there.
   *
   * @param text the answer
   * @return a new request
   */
  public AiRequest assistant(String text) {
    return message(shape == Shape.GEMINI ? "model" : "assistant", text);
  }

  private AiRequest message(String role, String text) {
    ObjectNode changed = body.deepCopy();
    if (shape == Shape.GEMINI) {
      changed
          .withArray("contents")
          .addObject()
          .put("role", role)
          .putArray("parts")
          .addObject()
          .put("text", text);
    } else {
      changed.withArray("messages").addObject().put("role", role).put("content", text);
    }
    return changed(changed);
  }

  /**
   * The same request with a temperature.
   *
   * @param value what the provider takes, mostly 0 to 1 or 2
   * @return a new request
   * @throws IllegalArgumentException if it is infinite or no number
   */
  public AiRequest temperature(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("A temperature is a number such as 0.7, not " + value);
    }
    ObjectNode changed = body.deepCopy();
    (shape == Shape.GEMINI ? changed.withObject("generationConfig") : changed)
        .put("temperature", value);
    return changed(changed);
  }

  /**
   * The same request with a limit for the answer.
   *
   * @param value a positive number of tokens
   * @return a new request
   * @throws IllegalArgumentException if the number is not positive
   */
  public AiRequest maxTokens(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("An answer of " + value + " tokens says nothing.");
    }
    ObjectNode changed = body.deepCopy();
    switch (shape) {
      case OPENAI -> changed.put("max_completion_tokens", value);
      case ANTHROPIC -> changed.put("max_tokens", value);
      case GEMINI -> changed.withObject("generationConfig").put("maxOutputTokens", value);
    }
    return changed(changed);
  }

  /**
   * The same request with anything else that the provider takes, such as {@code tools} or {@code
   * response_format}.
   *
   * @param name a key of the request's body, replaced if it is there
   * @param value its value, written as JSON
   * @return a new request
   * @throws NonRetriableException if the value cannot be written as JSON
   */
  public AiRequest with(String name, Object value) {
    byte[] json = Json.write(value, "\"" + name + "\" of a request to a model");
    ObjectNode changed = body.deepCopy();
    try {
      changed.set(name, Json.tree(json, 0, json.length));
    } catch (IOException e) {
      throw new NonRetriableException("Cannot write \"" + name + "\": " + Json.problem(e), e);
    }
    return changed(changed);
  }

  private AiRequest changed(ObjectNode newBody) {
    return new AiRequest(shape, url, key, headers, newBody);
  }

  /**
   * The request as the server takes it, with the key.
   *
   * @return a new JSON object with {@code url}, {@code headers}, {@code auth_key}, {@code format}
   *     and {@code body}; not to be logged
   */
  public ObjectNode options() {
    ObjectNode options = object();
    options.put("url", url.toString());
    options.set("headers", headers.deepCopy());
    options.put("auth_key", key == null ? "" : key);
    options.put("format", shape.wire);
    options.set("body", body.deepCopy());
    return options;
  }

  /**
   * What the provider is sent.
   *
   * @return a new JSON object
   */
  public JsonNode body() {
    return body.deepCopy();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public String toString() {
    return "AiRequest[" + url + "]";
  }
}
