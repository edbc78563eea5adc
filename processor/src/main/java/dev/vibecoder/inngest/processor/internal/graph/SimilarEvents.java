package dev.vibecoder.inngest.processor.internal.graph;

import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.lint.LintLevel;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import javax.lang.model.element.TypeElement;

/**
 * Finds triggers that nobody has a payload for, whose names are nearly those of declared events.
 */
public final class SimilarEvents {
  private final Problems problems;
  private final LintLevel level;

  public SimilarEvents(Problems problems, LintLevel level) {
    this.problems = problems;
    this.level = level;
  }

  /**
   * Reports a trigger that is nearly the name of a declared event.
   *
   * @param function the function's class
   * @param declared names of the events that have a payload class
   */
  public void check(
      String trigger, Location at, TypeElement function, Collection<String> declared) {
    if (level == LintLevel.OFF || Meant.isMeant(ProblemCode.EVENT_SIMILAR, function)) {
      return;
    }
    Optional<String> close =
        new TreeSet<>(declared).stream().filter(name -> Slips.isSlip(trigger, name)).findFirst();
    close.ifPresent(
        name ->
            problems.add(
                level.kind(),
                ProblemCode.EVENT_SIMILAR,
                at,
                "No payload class has the event \"" + trigger + "\".",
                "Did you mean \""
                    + name
                    + "\"? If both exist, declare a payload class for this one as well."));
  }
}
