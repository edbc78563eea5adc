package dev.vibecoder.inngest.spi;

import dev.vibecoder.inngest.InngestException;
import java.util.List;

/** Looks up among objects that were given. */
record GivenObjects(List<Object> objects) implements Dependencies {
  @Override
  public <T> T get(Class<T> type) {
    List<Object> fitting = objects.stream().filter(type::isInstance).toList();
    if (fitting.size() == 1) {
      return type.cast(fitting.get(0));
    }
    List<String> classes =
        (fitting.isEmpty() ? objects : fitting)
            .stream().map(object -> object.getClass().getName()).toList();
    throw new InngestException(
        fitting.isEmpty()
            ? "A function needs a "
                + type.getName()
                + ", and none of the given objects is one: "
                + classes
                + ". Give one, or define the function by hand with its define(...) method."
            : "A function needs a "
                + type.getName()
                + ", and several of the given objects are one: "
                + classes
                + ". Give one of them, or define the function by hand with its define(...)"
                + " method.");
  }
}
