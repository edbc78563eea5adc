package dev.vibecoder.inngest.annotation;

/** How the steps of a declarative function are put together. */
public enum Flow {
  /** One after another, in the order in which they are declared. */
  SEQUENTIAL
}
