package dev.vibecoder.inngest.processor.internal.env;

import dev.vibecoder.inngest.processor.internal.lint.Javac;
import java.util.Collection;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * Tells whether Lombok is at work in a round. Under javac it adds members to classes while the
 * round runs, before or after other processors as chance has it, and always asks for another: only
 * from that one on a class has the constructors and getters that it will have. In Eclipse they are
 * there from the beginning.
 */
final class Lombok {
  private static final String PACKAGE = "lombok.";

  /** What stays in sources whose members were written out already, and adds none. */
  private static final Set<String> LEFT_BEHIND = Set.of("lombok.Generated", "lombok.NonNull");

  private final boolean javac;

  Lombok(ProcessingEnvironment environment) {
    this.javac = Javac.of(environment).isPresent();
  }

  /** Whether classes of a round are still without some of their members. */
  boolean isAtWork(RoundEnvironment round) {
    return javac
        && ElementFilter.typesIn(round.getRootElements()).stream().anyMatch(this::isMarked);
  }

  private boolean isMarked(TypeElement type) {
    return isAnnotated(type)
        || ElementFilter.fieldsIn(type.getEnclosedElements()).stream().anyMatch(this::isAnnotated)
        || isAnyAnnotated(ElementFilter.methodsIn(type.getEnclosedElements()))
        || isAnyAnnotated(ElementFilter.constructorsIn(type.getEnclosedElements()))
        || ElementFilter.typesIn(type.getEnclosedElements()).stream().anyMatch(this::isMarked);
  }

  private boolean isAnyAnnotated(Collection<? extends Element> members) {
    return members.stream().anyMatch(this::isAnnotated);
  }

  private boolean isAnnotated(Element element) {
    return element.getAnnotationMirrors().stream()
        .map(mirror -> mirror.getAnnotationType().asElement().toString())
        .anyMatch(name -> name.startsWith(PACKAGE) && !LEFT_BEHIND.contains(name));
  }
}
