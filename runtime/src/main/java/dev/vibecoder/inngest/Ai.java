package dev.vibecoder.inngest;

import java.util.concurrent.Callable;

/** Steps that ask a language model. */
public interface Ai {
  /**
   * Has the server make a request to a model's provider, so that nothing is held while it lasts.
   *
   * @param id the step's id
   * @param request the request
   * @return what the model answered
   * @throws StepFailedException when the provider has refused for good; its status is in the
   *     message
   */
  AiAnswer infer(String id, AiRequest request);

  /**
   * Has the server make a request to a model's provider whose answer is JSON.
   *
   * @param id the step's id
   * @param request the request, which should demand JSON of that type
   * @param type type of the answer
   * @param <T> type of the answer
   * @return the answer's text, decoded
   * @throws StepFailedException when the provider has refused for good
   * @throws NonRetriableException if the answer is not of that type
   */
  <T> T infer(String id, AiRequest request, Class<T> type);

  /**
   * Runs a step that asks a model by other means, such as the provider's library; the server shows
   * it as one.
   *
   * @param id the step's id
   * @param type type of the result
   * @param body asks the model
   * @param <T> type of the result
   * @return the result as it was decoded from JSON
   * @throws StepFailedException when the step has failed for good
   */
  <T> T wrap(String id, Class<T> type, Callable<? extends T> body);

  /**
   * Runs a step that asks a model by other means, for results of generic types.
   *
   * @param id the step's id
   * @param type type of the result
   * @param body asks the model
   * @param <T> type of the result
   * @return the result as it was decoded from JSON
   * @throws StepFailedException when the step has failed for good
   */
  <T> T wrap(String id, TypeRef<T> type, Callable<? extends T> body);
}
