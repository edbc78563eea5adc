package dev.vibecoder.inngest.processor.internal.env;

import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * The package of the module's classes: the option's, or the longest that all annotated classes
 * share. It is found once, in the first round that has such classes.
 */
final class ModulePackage {
  private final Elements elements;
  private final Problems problems;
  private final Optional<String> option;
  private @Nullable String found;
  private boolean common;

  ModulePackage(Elements elements, Problems problems, Optional<String> option) {
    this.elements = elements;
    this.problems = problems;
    this.option = option;
  }

  String of(List<TypeElement> types) {
    if (found == null) {
      common = true;
      found =
          unnamed(types)
              .map(type -> besideUnnamed(type, types))
              .or(() -> option)
              .orElseGet(() -> common(types));
    }
    return found;
  }

  /** Where the class of an event without a payload class goes. */
  String ofPlainEvent(TypeElement function) {
    return found == null || !common
        ? elements.getPackageOf(function).getQualifiedName().toString()
        : found;
  }

  private Optional<TypeElement> unnamed(List<TypeElement> types) {
    return types.stream().filter(type -> elements.getPackageOf(type).isUnnamed()).findFirst();
  }

  /** Only the unnamed package can name what is in it: the module's classes go there as well. */
  private String besideUnnamed(TypeElement type, List<TypeElement> types) {
    boolean all = types.stream().allMatch(one -> elements.getPackageOf(one).isUnnamed());
    if (!all || option.filter(name -> !name.isEmpty()).isPresent()) {
      problems.add(
          ProblemCode.MODULE_PACKAGE,
          Location.of(type),
          type.getSimpleName()
              + " is in the unnamed package, and InngestFunctions and InngestEvents in another: no"
              + " package can name what is in the unnamed one.",
          "Move it to a package.");
    }
    return "";
  }

  private String common(List<TypeElement> types) {
    List<String> packages =
        types.stream()
            .map(type -> elements.getPackageOf(type).getQualifiedName().toString())
            .distinct()
            .sorted()
            .toList();
    String shared = packages.get(0);
    for (String other : packages) {
      while (!(other + ".").startsWith(shared + ".") && !shared.isEmpty()) {
        int dot = shared.lastIndexOf('.');
        shared = dot < 0 ? "" : shared.substring(0, dot);
      }
    }
    if (shared.isEmpty() && packages.size() > 1) {
      common = false;
      problems.add(
          ProblemCode.MODULE_PACKAGE,
          Location.of(types.get(0)),
          "The packages " + String.join(", ", packages) + " have nothing in common.",
          "Say where InngestEvents and InngestFunctions go: -Ainngest.package=<package>.");
      // They go somewhere, so that what uses them gives no errors of its own.
      return packages.get(0);
    }
    return shared;
  }
}
