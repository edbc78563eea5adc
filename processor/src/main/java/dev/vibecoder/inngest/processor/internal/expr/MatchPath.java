package dev.vibecoder.inngest.processor.internal.expr;

import dev.vibecoder.inngest.processor.internal.diag.DidYouMean;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.util.Optional;
import java.util.regex.Pattern;

/** The path to a field that two events have in common. */
final class MatchPath {
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

  private final String path;
  private final Mistakes mistakes;

  MatchPath(String path, Mistakes mistakes) {
    this.path = path;
    this.mistakes = mistakes;
  }

  void check(Payload event, Payload async) {
    if (!PATH.matcher(path).matches()) {
      mistakes.add(
          ProblemCode.MATCH_PATH,
          0,
          "\"" + path + "\" is no path to a field.",
          "Write names with dots between, as in data.orderId; for more, write a condition.");
      return;
    }
    String first = path.split("\\.", 2)[0];
    if (first.equals("event") || first.equals("async")) {
      mistakes.add(
          ProblemCode.MATCH_PATH,
          0,
          "The path begins with " + first + ", and is looked for in both events.",
          "Write it without " + first + ".");
      return;
    }
    Optional<Shape> one = find(event);
    Optional<Shape> other = one.flatMap(any -> find(async));
    if (other.isPresent() && !Comparisons.canBeEqual(one.get(), other.get())) {
      boolean texts = one.get().kinds().equals(other.get().kinds());
      mistakes.add(
          ProblemCode.MATCH_PATH,
          0,
          path
              + " is "
              + (texts ? "one text" : one.get().described())
              + " in "
              + event.described()
              + " and "
              + (texts ? "another" : other.get().described())
              + " in "
              + async.described()
              + ": they are never equal.",
          "Match a field that is the same in both.");
    }
  }

  private Optional<Shape> find(Payload payload) {
    Shape at = payload.shape();
    int place = 0;
    String parent = "";
    for (String field : path.split("\\.", -1)) {
      Lookup lookup = Lookup.of(at, field);
      Shape found = lookup.found();
      if (found == null) {
        Shape data = parent.isEmpty() ? Lookup.of(at, "data").found() : null;
        boolean inData = data != null && Lookup.of(data, field).known().contains(field);
        mistakes.add(
            ProblemCode.MATCH_PATH,
            place,
            (parent.isEmpty() ? "" : parent + " of ")
                + payload.described()
                + (lookup.scalar() ? " is " + at.described() + " and" : "")
                + " has no field \""
                + field
                + "\".",
            inData
                ? "Write data." + path + "."
                : DidYouMean.sentence(field, lookup.known())
                    + (lookup.known().isEmpty()
                        ? "Match another field."
                        : "Its fields are " + Listed.of(lookup.known()) + "."));
        return Optional.empty();
      }
      at = found;
      parent = parent.isEmpty() ? field : parent + "." + field;
      place += field.length() + 1;
    }
    return Optional.of(at);
  }
}
