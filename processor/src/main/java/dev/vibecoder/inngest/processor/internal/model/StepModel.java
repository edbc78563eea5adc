package dev.vibecoder.inngest.processor.internal.model;

import com.palantir.javapoet.TypeName;
import java.time.Duration;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * A step.
 *
 * @param method the method
 * @param id the step's id
 * @param hash the id's SHA-1
 * @param displayName the name for people; the id if none was given
 * @param result type of the result, null for void
 * @param declared the same with what it says about null
 * @param access its access modifier, null for none
 * @param parameters the method's parameters
 * @param thrown exceptions it declares
 * @param rethrown those of them that can be made again, most specific first
 * @param policy what is done when it fails, and what it was called
 * @param key what is part of its id, or null
 */
public record StepModel(
    String method,
    String id,
    String hash,
    String displayName,
    @Nullable TypeName result,
    @Nullable TypeName declared,
    @Nullable Modifier access,
    List<Parameter> parameters,
    List<TypeName> thrown,
    List<Rethrown> rethrown,
    Policy policy,
    @Nullable Key key) {

  /** Name of its constant. */
  public String constant() {
    String name = EventModel.upperSnake(method);
    return Character.isJavaIdentifierStart(name.charAt(0)) ? name : "_" + name;
  }

  /**
   * An exception that can be made again.
   *
   * @param type its class
   * @param withCause whether its constructor takes a cause beside the message
   */
  public record Rethrown(TypeName type, boolean withCause) {}

  /**
   * What a step says of its failures and of its past.
   *
   * @param formerly ids that it had before
   * @param retries how often it is tried again, null for what holds for the function
   * @param backoff delays before it is tried again
   * @param nonRetriable exceptions after which it is not
   */
  public record Policy(
      List<String> formerly,
      @Nullable Integer retries,
      List<Duration> backoff,
      List<TypeName> nonRetriable) {}

  /**
   * What tells the calls of a step apart.
   *
   * @param parameter index of the parameter
   * @param accessors methods that lead from it to the key, none for the parameter itself
   */
  public record Key(int parameter, List<String> accessors) {}
}
