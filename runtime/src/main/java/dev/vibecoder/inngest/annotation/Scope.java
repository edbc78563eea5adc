package dev.vibecoder.inngest.annotation;

/** Over what a limit counts. */
public enum Scope {
  /** The function. */
  FN,
  /** All functions of the environment that use the same key. */
  ENV,
  /** All functions of the account that use the same key. */
  ACCOUNT
}
