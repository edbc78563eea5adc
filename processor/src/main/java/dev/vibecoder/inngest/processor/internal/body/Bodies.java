package dev.vibecoder.inngest.processor.internal.body;

import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.vibecoder.inngest.processor.internal.lint.Javac;
import dev.vibecoder.inngest.processor.internal.scan.Annotation;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * The code of a module: from the sources that are compiled, and of all else from the class files
 * that a former compilation left. Where the compiler is not javac, nothing is known of it.
 */
public final class Bodies {
  private final Elements elements;
  private final @Nullable Trees trees;
  private final ClassFolder folder;
  private final Map<String, ClassBody> sources = new TreeMap<>();

  /**
   * Makes it, with nothing known yet.
   *
   * @param output where class files are written, if that is a folder
   */
  public Bodies(ProcessingEnvironment environment, Optional<Path> output) {
    this.elements = environment.getElementUtils();
    this.trees = Javac.of(environment).map(Javac::trees).orElse(null);
    this.folder = new ClassFolder(output.orElse(null));
  }

  /** Looks at the sources of a round. */
  public void collect(RoundEnvironment round) {
    Trees known = trees;
    if (known == null) {
      return;
    }
    for (Element root : round.getRootElements()) {
      if (root instanceof TypeElement type && Annotation.of(type, "InngestGenerated").isEmpty()) {
        TreePath path = known.getPath(type);
        if (path != null) {
          new SourceScanner(known, new Imports(path.getCompilationUnit()), this::body)
              .scan(path, null);
        }
      }
    }
  }

  private ClassBody body(TypeElement type) {
    return sources.computeIfAbsent(name(type), any -> new ClassBody());
  }

  private String name(TypeElement type) {
    return elements.getBinaryName(type).toString();
  }

  /** Whether a class is the other, or in it, by their binary names. */
  static boolean isIn(String type, String outer) {
    return type.equals(outer) || type.startsWith(outer + "$");
  }

  /** The source of a class, if it is compiled here. */
  public Optional<ClassBody> source(TypeElement type) {
    return Optional.ofNullable(sources.get(name(type)));
  }

  /** The code of a class and of those in it. */
  public Collection<ClassBody> of(TypeElement type) {
    String name = name(type);
    if (trees == null) {
      return List.of();
    }
    return sources.containsKey(name)
        ? sources.entrySet().stream()
            .filter(one -> isIn(one.getKey(), name))
            .map(Map.Entry::getValue)
            .toList()
        : folder.of(name).values();
  }

  /** The code of the whole module, by the binary names of the classes. */
  public Map<String, ClassBody> all() {
    Map<String, ClassBody> all = new TreeMap<>(sources);
    if (trees != null) {
      folder
          .others(name -> sources.containsKey(ClassFolder.outermost(name)))
          .forEach(all::putIfAbsent);
    }
    return all;
  }

  /** Whether the source of a class is there to tell what is meant: class files do not keep it. */
  public boolean hasSource(TypeElement type) {
    return trees == null || trees.getPath(type) != null;
  }

  /** Whether the class file of a class is where this compilation writes. */
  public boolean isCompiled(String canonicalName) {
    return folder.has(canonicalName);
  }
}
