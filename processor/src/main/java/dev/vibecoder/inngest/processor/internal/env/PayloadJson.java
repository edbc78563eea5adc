package dev.vibecoder.inngest.processor.internal.env;

import com.palantir.javapoet.ClassName;
import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.validate.JsonTypes;
import java.util.TreeSet;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * Checks that payloads survive as JSON, when every class that they are made of is there: other
 * processors may write some of them, or members of them.
 */
final class PayloadJson {
  private final Elements elements;
  private final Types types;
  private final Problems problems;
  private final TreeSet<String> payloads = new TreeSet<>();

  PayloadJson(Elements elements, Types types, Problems problems) {
    this.elements = elements;
    this.types = types;
    this.problems = problems;
  }

  /** Adds a payload class of this compilation. */
  void add(ClassName payload) {
    payloads.add(payload.canonicalName());
  }

  /** Checks all that were added. */
  void check() {
    JsonTypes json = new JsonTypes(types, elements);
    for (String name : payloads) {
      TypeElement payload = elements.getTypeElement(name);
      if (payload != null) {
        json.problem(payload.asType()).ifPresent(path -> report(payload, path));
      }
    }
  }

  private void report(TypeElement payload, String path) {
    problems.add(
        ProblemCode.EVENT_PAYLOAD,
        Location.of(payload),
        "The payload " + payload.getSimpleName() + " cannot be kept as JSON: " + path + ".",
        "Make it of records, or of other types that Jackson can write and read.");
  }
}
