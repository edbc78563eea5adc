package dev.vibecoder.inngest.processor.internal.graph;

import dev.vibecoder.inngest.processor.internal.model.IndexFacts;
import dev.vibecoder.inngest.processor.internal.scan.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Reads the functions of other jars, and of former compilations of this module. */
final class GraphIndex {
  private final Elements elements;

  GraphIndex(Elements elements) {
    this.elements = elements;
  }

  /** The functions in some packages, without those of classes that are compiled here. */
  List<FunctionNode> read(Set<String> packages, Set<String> compiled) {
    List<FunctionNode> found = new ArrayList<>();
    for (String name : packages) {
      PackageElement index = elements.getPackageElement(name);
      if (index != null) {
        for (TypeElement marker : ElementFilter.typesIn(index.getEnclosedElements())) {
          Annotation.of(marker, "IndexEntry")
              .filter(entry -> !compiled.contains(entry.rawText("source")))
              .filter(this::isFunction)
              .ifPresent(entry -> found.add(node(entry)));
        }
      }
    }
    return found;
  }

  /** Whether an entry is a function's, and the function is still there. */
  private boolean isFunction(Annotation entry) {
    TypeElement source = elements.getTypeElement(entry.rawText("source"));
    return source != null
        && entry.constant("kind").filter("FUNCTION"::equals).isPresent()
        && Annotation.of(source, "InngestFunction").isPresent();
  }

  private static FunctionNode node(Annotation entry) {
    return new FunctionNode(
        entry.rawText("name"),
        entry.rawText("source"),
        new IndexFacts(texts(entry, "handles"), texts(entry, "sends"), texts(entry, "waitsFor")),
        false);
  }

  private static List<String> texts(Annotation entry, String member) {
    return entry.texts(member).stream().map(Annotation.Text::value).toList();
  }
}
