package dev.vibecoder.inngest.processor.internal.body;

import java.util.List;

/** A place in code where an event is named, or something that may be one. */
public sealed interface Mention {
  /**
   * By its class.
   *
   * @param classes the class that is meant; if only its simple name is known, those it may be, the
   *     likeliest first
   */
  record ByClass(List<String> classes) implements Mention {
    public ByClass {
      classes = List.copyOf(classes);
    }
  }

  /**
   * By a generated method that sends it: {@code sendHelloWorldEvents}.
   *
   * @param simpleNames what the class may be called, the likeliest first
   */
  record BySender(List<String> simpleNames) implements Mention {
    public BySender {
      simpleNames = List.copyOf(simpleNames);
    }
  }
}
