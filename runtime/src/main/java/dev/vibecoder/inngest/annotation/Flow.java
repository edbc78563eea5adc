package dev.vibecoder.inngest.annotation;

/** How the steps of a declarative function are put together. */
public enum Flow {
  /** One after another, in the order in which they are declared. */
  SEQUENTIAL,
  /**
   * As a graph of data: a step runs as soon as everything it takes is there, and steps that do not
   * need one another run at the same time.
   */
  GRAPH
}
