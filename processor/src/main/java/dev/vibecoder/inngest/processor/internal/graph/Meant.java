package dev.vibecoder.inngest.processor.internal.graph;

import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/** Tells whether somebody says of an element that what is odd about it is meant. */
final class Meant {
  private Meant() {}

  static boolean isMeant(ProblemCode code, Element element) {
    for (Element at = element; at != null; at = at.getEnclosingElement()) {
      for (AnnotationMirror mirror : at.getAnnotationMirrors()) {
        if (mirror.getAnnotationType().toString().equals("java.lang.SuppressWarnings")
            && mirror.getElementValues().values().stream()
                .map(AnnotationValue::toString)
                .anyMatch(value -> value.contains("\"inngest:" + code.code() + "\""))) {
          return true;
        }
      }
    }
    return false;
  }
}
