package dev.vibecoder.inngest.spi;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.TypeRef;
import java.util.List;

/**
 * Where the constructor parameters of functions come from: usually a container, as in {@code
 * context::getBean}.
 */
@FunctionalInterface
public interface Dependencies {
  /**
   * Looks up an object.
   *
   * @param type its class
   * @param <T> its type
   * @return the object
   * @throws RuntimeException if there is none
   */
  <T> T get(Class<T> type);

  /**
   * Looks up an object of a generic type.
   *
   * @param type its full type
   * @param <T> its type
   * @return the object
   * @throws InngestException unless overridden
   */
  default <T> T get(TypeRef<T> type) {
    throw new InngestException(
        "A function needs a "
            + type
            + ", and these Dependencies look up plain classes only. Override get(TypeRef), or"
            + " define the function by hand with its define(...) method.");
  }

  /**
   * No dependencies at all: for apps whose functions have constructors without parameters.
   *
   * @return an instance whose every look-up fails and says what is missing
   */
  static Dependencies none() {
    return new Dependencies() {
      @Override
      public <T> T get(Class<T> type) {
        throw new InngestException(
            "A function needs a "
                + type.getName()
                + ". Pass Dependencies that can look it up, or define the function by hand with its"
                + " define(...) method.");
      }
    };
  }

  /**
   * Looks up among some objects: the one that is an instance of what is needed.
   *
   * @param objects what functions may need; they are looked up by class, never changed
   * @return an instance that fails, and says what is missing, if none of the objects fits or if
   *     several do.
   */
  static Dependencies of(Object... objects) {
    return new GivenObjects(List.of(objects));
  }
}
