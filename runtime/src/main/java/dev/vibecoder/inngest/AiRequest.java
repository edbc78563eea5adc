package dev.vibecoder.inngest;

import java.net.URI;

/**
 * A request to a model, in the shape of one of the providers' APIs. Immutable; {@link #toString()}
 * shows no key.
 *
 * <pre>{@code
 * AiRequest.openAi("gpt-4o-mini").apiKey(key).system("Be brief.").user("What is durable execution?")
 * }</pre>
 */
@SuppressWarnings("DoNotCallSuggester")
public final class AiRequest {
  private AiRequest() {}

  /**
   * A request in the shape of OpenAI's chat completions, which many others take as well.
   *
   * @param model the model's name
   * @return a request to {@code https://api.openai.com/v1/chat/completions}
   */
  public static AiRequest openAi(String model) {
    throw new UnsupportedOperationException();
  }

  /**
   * A request in the shape of Anthropic's messages.
   *
   * @param model the model's name
   * @return a request to {@code https://api.anthropic.com/v1/messages}, for at most 4,096 tokens
   */
  public static AiRequest anthropic(String model) {
    throw new UnsupportedOperationException();
  }

  /**
   * A request in the shape of Gemini's content generation.
   *
   * @param model the model's name
   * @return a request to {@code https://generativelanguage.googleapis.com/v1beta}
   */
  public static AiRequest gemini(String model) {
    throw new UnsupportedOperationException();
  }

  /**
   * The same request with a key.
   *
   * @param key the provider's API key; the server keeps it with the run until the request is made
   * @return a new request
   */
  public AiRequest apiKey(String key) {
    throw new UnsupportedOperationException();
  }

  /**
   * The same request to another place that takes its shape.
   *
   * @param newUrl the complete URL that is posted to
   * @return a new request
   */
  public AiRequest url(URI newUrl) {
    throw new UnsupportedOperationException();
  }

  /**
   * The same request with an HTTP header.
   *
   * @param name the header's name
   * @param value its value
   * @return a new request
   */
  public AiRequest header(String name, String value) {
    throw new UnsupportedOperationException();
  }

  /**
   * The same request with instructions for the model.
   *
   * @param text the instructions
   * @return a new request
   */
  public AiRequest system(String text) {
    throw new UnsupportedOperationException();
  }

  /**
   * The same request with a message of the user, after those that are there.
   *
   * @param text the message
   * @return a new request
   */
  public AiRequest user(String text) {
    throw new UnsupportedOperationException();
  }

  /**
   * The same request with an earlier answer of the model, after the messages that are there.
   *
   * @param text the answer
   * @return a new request
   */
  public AiRequest assistant(String text) {
    throw new UnsupportedOperationException();
  }

  /**
   * The same request with a temperature.
   *
   * @param value what the provider takes, mostly 0 to 1 or 2
   * @return a new request
   */
  public AiRequest temperature(double value) {
    throw new UnsupportedOperationException();
  }

  /**
   * The same request with a limit for the answer.
   *
   * @param value a positive number of tokens
   * @return a new request
   */
  public AiRequest maxTokens(int value) {
    throw new UnsupportedOperationException();
  }

  /**
   * The same request with anything else that the provider takes, such as {@code tools} or {@code
   * response_format}.
   *
   * @param name a key of the request's body, replaced if it is there
   * @param value its value, written as JSON
   * @return a new request
   */
  public AiRequest with(String name, Object value) {
    throw new UnsupportedOperationException();
  }
}
