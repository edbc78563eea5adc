package dev.vibecoder.inngest.processor.internal.body;

import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which classes the names in a file may stand for: while annotations are processed none is known.
 */
final class Imports {
  private final String packageName;
  private final Map<String, String> types = new HashMap<>();
  private final List<String> packages = new ArrayList<>();
  private final Map<String, List<String>> members = new HashMap<>();
  private final List<String> owners = new ArrayList<>();

  Imports(CompilationUnitTree file) {
    ExpressionTree declared = file.getPackageName();
    this.packageName = declared == null ? "" : name(declared);
    for (ImportTree imported : file.getImports()) {
      if (imported.getQualifiedIdentifier() instanceof MemberSelectTree select) {
        add(imported.isStatic(), name(select.getExpression()), select.getIdentifier().toString());
      }
    }
  }

  private void add(boolean member, String owner, String simple) {
    if (simple.equals("*")) {
      (member ? owners : packages).add(owner);
    } else if (member) {
      members.computeIfAbsent(simple, any -> new ArrayList<>()).add(owner);
    } else {
      types.put(simple, owner + "." + simple);
    }
  }

  String packageName() {
    return packageName;
  }

  /** The classes that a tree may name, the likeliest first; none if it is no name. */
  List<String> classes(Tree tree) {
    String name = name(tree);
    if (name.isEmpty() || name.contains(".")) {
      return name.isEmpty() ? List.of() : List.of(name);
    }
    String imported = types.get(name);
    if (imported != null) {
      return List.of(imported);
    }
    List<String> candidates = new ArrayList<>();
    candidates.add(packageName.isEmpty() ? name : packageName + "." + name);
    packages.forEach(one -> candidates.add(one + "." + name));
    return candidates;
  }

  /** The classes that a member without one may belong to: those it is imported from. */
  List<String> owners(String member) {
    List<String> candidates = new ArrayList<>(members.getOrDefault(member, List.of()));
    candidates.addAll(owners);
    return candidates;
  }

  /** A name with its dots; empty for any other tree. Printed, letters would be escaped. */
  private static String name(Tree tree) {
    if (tree instanceof IdentifierTree identifier) {
      return identifier.getName().toString();
    }
    if (tree instanceof ParameterizedTypeTree generic) {
      return name(generic.getType());
    }
    if (tree instanceof AnnotatedTypeTree annotated) {
      return name(annotated.getUnderlyingType());
    }
    if (tree instanceof MemberSelectTree select) {
      String outer = name(select.getExpression());
      return outer.isEmpty() ? "" : outer + "." + select.getIdentifier();
    }
    return "";
  }
}
