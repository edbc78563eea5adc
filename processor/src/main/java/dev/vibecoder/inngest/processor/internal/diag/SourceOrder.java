package dev.vibecoder.inngest.processor.internal.diag;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.QualifiedNameable;
import org.jspecify.annotations.Nullable;

/**
 * Where an element stands, as far as mirrors tell: by its file's class, then by its position in it.
 * What has no place comes first.
 *
 * @param file the outermost class
 * @param position the index in the enclosing element, outermost first
 */
record SourceOrder(String file, List<Integer> position) implements Comparable<SourceOrder> {
  static SourceOrder of(@Nullable Location location) {
    if (location == null) {
      return new SourceOrder("", List.of());
    }
    List<Integer> position = new ArrayList<>();
    Element at = location.element();
    Element parent = at.getEnclosingElement();
    while (parent != null && parent.getKind() != ElementKind.PACKAGE) {
      position.add(index(parent, at));
      at = parent;
      parent = at.getEnclosingElement();
    }
    Collections.reverse(position);
    String file =
        at instanceof QualifiedNameable named ? named.getQualifiedName().toString() : at.toString();
    return new SourceOrder(file, position);
  }

  private static int index(Element parent, Element child) {
    int parameter =
        parent instanceof ExecutableElement method ? method.getParameters().indexOf(child) : -1;
    return parameter >= 0 ? parameter : parent.getEnclosedElements().indexOf(child);
  }

  @Override
  public int compareTo(SourceOrder other) {
    int order = file.compareTo(other.file);
    for (int i = 0; order == 0 && i < Math.min(position.size(), other.position.size()); i++) {
      order = Integer.compare(position.get(i), other.position.get(i));
    }
    return order != 0 ? order : Integer.compare(position.size(), other.position.size());
  }
}
