package dev.vibecoder.inngest.processor.internal.expr;

import dev.vibecoder.inngest.processor.internal.diag.Finding;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was found in one expression: one mistake a place. */
final class Mistakes {
  private final String expression;
  private final Map<Integer, Finding> found = new LinkedHashMap<>();

  Mistakes(String expression) {
    this.expression = expression;
  }

  void add(ProblemCode code, int at, String fact, String fix) {
    found.putIfAbsent(at, new Finding(code, fact, fix, Excerpt.of(expression, at)));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** In the order of the text. */
  List<Finding> list() {
    List<Finding> findings = new ArrayList<>();
    found.entrySet().stream()
        .sorted(Comparator.comparing(Map.Entry<Integer, Finding>::getKey))
        .forEach(entry -> findings.add(entry.getValue()));
    return findings;
  }
}
