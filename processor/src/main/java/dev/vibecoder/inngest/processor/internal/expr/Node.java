package dev.vibecoder.inngest.processor.internal.expr;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of an expression; each knows where in the text a reader would look for it. */
sealed interface Node {
  /** Index of the character to point to. */
  int at();

  /**
   * A value that was written out.
   *
   * @param value a String for texts; otherwise whatever prints as it was meant
   */
  record Literal(int at, Kind kind, Object value) implements Node {}

  /** A variable. */
  record Name(int at, String name) implements Node {}

  /** A field of an object. */
  record Select(int at, Node target, String field) implements Node {}

  /**
   * A function, or an operator by the name that CEL gives it.
   *
   * @param target what stands before the dot, if anything does
   */
  record Call(int at, String function, @Nullable Node target, List<Node> arguments)
      implements Node {}

  /** A list that was written out. */
  record Listing(int at, List<Node> elements) implements Node {}

  /** An object that was written out. */
  record Mapping(int at, List<Node> keys, List<Node> values) implements Node {}

  /** A protocol buffer, which no expression of the server knows. */
  record Message(int at, String name) implements Node {}
}
