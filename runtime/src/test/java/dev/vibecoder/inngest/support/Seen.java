package dev.vibecoder.inngest.support;

import java.util.NoSuchElementException;

/** Holds what a function under test has seen last. */
public final class Seen<T> {
  private volatile T value;

  public void set(T newValue) {
    value = newValue;
  }

  public T get() {
    if (value == null) {
      throw new NoSuchElementException("Nothing was seen");
    }
    return value;
  }
}
