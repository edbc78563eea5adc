package dev.vibecoder.inngest.processor.internal.validate;

import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import java.util.Optional;
import java.util.Set;

/** What names of events may be. */
public final class EventRules {
  private static final Set<String> INTERNAL =
      Set.of("inngest/function.failed", "inngest/function.finished", "inngest/function.cancelled");

  private EventRules() {}

  /** Simple name of the class that is generated for an event. */
  public static String className(String name) {
    return Ids.eventClass(name);
  }

  /** Simple name of the class that will be there for an event, whatever is said about its name. */
  public static String expectedClass(String name) {
    return isUsable(name) ? className(name) : classNameOfBroken(name);
  }

  /** The same for a name that was complained about: it gives no further complaint. */
  public static String classNameOfBroken(String name) {
    return Ids.eventClass(name.substring(0, Math.min(name.length(), 60)));
  }

  /** Checks the name of an event that is to be sent. */
  public static void checkName(String name, Location location, Problems problems) {
    Optional<String> problem = Ids.eventNameProblem(name);
    if (problem.isPresent()) {
      problems.add(
          ProblemCode.EVENT_NAME, location, problem.get(), "Use a name like shop/order.placed.");
    } else if (name.contains("*")) {
      problems.add(
          ProblemCode.EVENT_NAME,
          location,
          "The event's name \"" + name + "\" contains a *.",
          "Patterns are for the event of a function; an event itself has one name.");
    } else if (Ids.isReserved(name)) {
      problems.add(
          ProblemCode.EVENT_RESERVED,
          location,
          "The event's name \""
              + name
              + "\" is reserved: names beginning with inngest/ are the server's.",
          "Use another prefix.");
    }
  }

  /**
   * Checks the name or pattern of an event that starts a function.
   *
   * @return whether it can be used
   */
  public static boolean checkTrigger(String name, Location location, Problems problems) {
    Optional<String> problem = Ids.eventNameProblem(name);
    if (problem.isPresent()) {
      problems.add(
          ProblemCode.EVENT_NAME, location, problem.get(), "Use a name like shop/order.placed.");
      return false;
    }
    if (isMisplacedStar(name)) {
      problems.add(
          ProblemCode.EVENT_NAME,
          location,
          "The pattern \"" + name + "\" never matches.",
          "A * stands only at the end, after / or a dot, as in shop/*.");
      return false;
    }
    if (Ids.isReserved(name) && !INTERNAL.contains(name)) {
      problems.add(
          ProblemCode.EVENT_RESERVED,
          location,
          "No function can be started by \"" + name + "\".",
          "Of the server's own events, inngest/function.failed, .finished and .cancelled can.");
      return false;
    }
    return true;
  }

  /** Whether a name or pattern passes {@link #checkTrigger}, without a report. */
  public static boolean isUsable(String name) {
    return Ids.eventNameProblem(name).isEmpty()
        && !isMisplacedStar(name)
        && (!Ids.isReserved(name) || INTERNAL.contains(name));
  }

  private static boolean isMisplacedStar(String name) {
    int star = name.indexOf('*');
    boolean pattern = star == name.length() - 1 && (name.endsWith("/*") || name.endsWith(".*"));
    return star >= 0 && (!pattern || name.length() < 3);
  }
}
