package dev.vibecoder.inngest.processor.internal.scan;

import com.palantir.javapoet.ClassName;
import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
import dev.vibecoder.inngest.processor.internal.env.Options;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.validate.FunctionIds;
import java.util.Set;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Reads which functions and events other jars declare. */
public final class IndexReader {
  private final Elements elements;

  private final TypeAccess access;
  private final Set<String> own;

  /**
   * Makes a reader.
   *
   * @param own classes that this compilation declares: what a former one wrote of them is past
   */
  public IndexReader(Elements elements, Set<String> own) {
    this.elements = elements;
    this.access = new TypeAccess(elements);
    this.own = Set.copyOf(own);
  }

  /** Reads the index of every jar on the class path. */
  public void read(String ownPackage, EventCatalog events, FunctionIds ids) {
    readPackage(Options.DEFAULT_INDEX, events, ids);
    if (!ownPackage.equals(Options.DEFAULT_INDEX)) {
      readPackage(ownPackage, events, ids);
    }
  }

  private void readPackage(String packageName, EventCatalog events, FunctionIds ids) {
    PackageElement index = elements.getPackageElement(packageName);
    if (index == null) {
      return;
    }
    for (TypeElement marker : ElementFilter.typesIn(index.getEnclosedElements())) {
      Annotation.of(marker, "IndexEntry").ifPresent(entry -> read(entry, events, ids));
    }
  }

  private void read(Annotation entry, EventCatalog events, FunctionIds ids) {
    if (own.contains(entry.rawText("source"))) {
      return;
    }
    String name = entry.rawText("name");
    TypeElement source = elements.getTypeElement(entry.rawText("source"));
    TypeElement generated = elements.getTypeElement(entry.rawText("generated"));
    boolean function = isKind(entry, "FUNCTION");
    if (source == null
        || generated == null
        || Annotation.of(source, function ? "InngestFunction" : "InngestEvent").isEmpty()) {
      // Left over from a class that was removed or changed.
      return;
    }
    if (function) {
      Members members = new Members(elements, source);
      ids.external(
          name,
          source.getQualifiedName().toString(),
          FunctionIds.companions(
              !members.annotated(HandlerScanner.ON_FAILURE).isEmpty(),
              !members.annotated(HandlerScanner.ON_CANCELLED).isEmpty()));
    } else {
      events.add(
          new EventModel(
              name,
              ClassName.get(generated),
              ClassName.get(source),
              ClassName.get(source),
              "",
              access.isPublic(source),
              true,
              access.isDeprecated(source)));
    }
  }

  private static boolean isKind(Annotation entry, String kind) {
    return entry.mirror().getElementValues().entrySet().stream()
        .filter(member -> member.getKey().getSimpleName().contentEquals("kind"))
        .map(java.util.Map.Entry::getValue)
        .map(AnnotationValue::getValue)
        .anyMatch(
            value ->
                value instanceof Element constant && constant.getSimpleName().contentEquals(kind));
  }
}
