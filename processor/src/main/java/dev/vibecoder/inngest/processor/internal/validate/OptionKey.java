package dev.vibecoder.inngest.processor.internal.validate;

/**
 * Which option of a function is meant.
 *
 * @param annotation simple name of the annotation, such as Concurrency
 * @param occurrence which of the annotations of that name, from 0
 * @param member the member, named as the component of {@link ConfigValues} that holds it; an empty
 *     text for the annotation as a whole
 * @param item which item of a member that is an array, from 0; -1 if it is none
 */
public record OptionKey(String annotation, int occurrence, String member, int item) {
  /** A whole annotation. */
  public static OptionKey of(String annotation) {
    return new OptionKey(annotation, 0, "", -1);
  }

  /** A whole annotation of several. */
  public static OptionKey of(String annotation, int occurrence) {
    return new OptionKey(annotation, occurrence, "", -1);
  }

  /** A member of an annotation. */
  public OptionKey member(String name) {
    return new OptionKey(annotation, occurrence, name, -1);
  }

  /** An item of a member. */
  public OptionKey member(String name, int position) {
    return new OptionKey(annotation, occurrence, name, position);
  }
}
