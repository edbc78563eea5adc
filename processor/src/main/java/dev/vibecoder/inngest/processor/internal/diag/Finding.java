package dev.vibecoder.inngest.processor.internal.diag;

/**
 * Something that is wrong with a value, wherever the value stands.
 *
 * @param fact what is wrong, with the bad value; a full sentence
 * @param fix what to do; a full sentence
 * @param excerpt lines that show the place within the value, or an empty text
 */
public record Finding(ProblemCode code, String fact, String fix, String excerpt) {
  public Finding(ProblemCode code, String fact, String fix) {
    this(code, fact, fix, "");
  }

  /** Collects it as a problem of a place in the source. */
  public void report(Problems problems, Location location) {
    problems.add(code, location, fact, excerpt.isEmpty() ? fix : fix + "\n" + excerpt);
  }
}
