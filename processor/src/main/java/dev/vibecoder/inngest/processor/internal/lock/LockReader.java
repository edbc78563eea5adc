package dev.vibecoder.inngest.processor.internal.lock;

import dev.vibecoder.inngest.processor.internal.shape.Definition;
import dev.vibecoder.inngest.processor.internal.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what {@link LockWriter} has written. */
final class LockReader {
  private static final String ONE_OF = " one of by ";

  private final SortedMap<String, LockedModule.Function> functions = new TreeMap<>();
  private final SortedMap<String, Definition> types = new TreeMap<>();
  private @Nullable Part part;
  private int line;

  private LockReader() {}

  /** A line that is not understood. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;

    MalformedException(int line, String message) {
      super(message);
      this.line = line;
    }

    int line() {
      return line;
    }
  }

  /** What is being read. */
  private interface Part {
    void line(String text) throws ShapeText.MalformedException;

    void end() throws ShapeText.MalformedException;
  }

  static LockedModule read(String text) throws MalformedException {
    LockReader reader = new LockReader();
    try {
      for (String line : text.split("\r?\n", -1)) {
        reader.line++;
        reader.line(line);
      }
      reader.end();
    } catch (ShapeText.MalformedException e) {
      throw new MalformedException(reader.line, String.valueOf(e.getMessage()));
    }
    return new LockedModule(reader.functions, reader.types);
  }

  private void line(String text) throws ShapeText.MalformedException {
    if (text.isBlank() || text.startsWith("#")) {
      return;
    }
    if (text.startsWith("  ") && part != null) {
      part.line(text);
      return;
    }
    end();
    if (text.startsWith("function ")) {
      part = new FunctionPart(text.substring("function ".length()), line);
    } else if (text.startsWith("type ")) {
      String name = text.substring("type ".length());
      part = name.contains(ONE_OF) ? new UnionPart(name) : new FieldsPart(name);
    } else {
      throw new ShapeText.MalformedException(
          "\"" + text + "\" begins with neither function nor type");
    }
  }

  private void end() throws ShapeText.MalformedException {
    Part ended = part;
    part = null;
    if (ended != null) {
      ended.end();
    }
  }

  private final class FunctionPart implements Part {
    private final String id;
    private final int first;
    private final List<LockedModule.Step> steps = new ArrayList<>();
    private String type = "";
    private boolean ordered;
    private Shape result = new Shape.Any();

    FunctionPart(String id, int first) {
      this.id = id;
      this.first = first;
    }

    @Override
    public void line(String text) throws ShapeText.MalformedException {
      if (text.startsWith("    ")) {
        steps.add(step(text.substring(4)));
      } else if (text.startsWith("  class ")) {
        type = text.substring("  class ".length());
      } else if (text.startsWith("  result ")) {
        result = ShapeText.parse(text.substring("  result ".length()));
      } else if (text.startsWith("  steps ")) {
        ordered = text.equals("  steps in order");
      } else {
        throw new ShapeText.MalformedException("\"" + text.trim() + "\" is nothing of a function");
      }
    }

    private LockedModule.Step step(String text) throws ShapeText.MalformedException {
      int space = text.indexOf(' ');
      int colon = text.indexOf(": ");
      if (space < 0 || colon < space) {
        throw new ShapeText.MalformedException("\"" + text + "\" is no step");
      }
      String shown = text.substring(space + 1, colon);
      boolean keyed = shown.endsWith("[key]");
      return new LockedModule.Step(
          text.substring(0, space),
          keyed ? shown.substring(0, shown.length() - "[key]".length()) : shown,
          keyed,
          ShapeText.parse(text.substring(colon + 2)),
          line);
    }

    @Override
    public void end() throws ShapeText.MalformedException {
      LockedModule.Function function =
          new LockedModule.Function(id, type, ordered, result, steps, first);
      if (functions.put(id, function) != null) {
        throw new ShapeText.MalformedException("the function \"" + id + "\" stands twice");
      }
    }
  }

  private final class FieldsPart implements Part {
    private final String name;
    private final boolean open;
    private final List<Definition.Field> fields = new ArrayList<>();

    FieldsPart(String text) {
      this.open = text.endsWith(" open");
      this.name = open ? text.substring(0, text.length() - " open".length()) : text;
    }

    @Override
    public void line(String text) throws ShapeText.MalformedException {
      String field = text.substring(2);
      ShapeText.NameAt found = ShapeText.nameAt(field);
      String rest = field.substring(found.end());
      boolean optional = rest.startsWith("?: ");
      if (!optional && !rest.startsWith(": ")) {
        throw new ShapeText.MalformedException("\"" + field + "\" is no field");
      }
      Shape shape = ShapeText.parse(rest.substring(optional ? 3 : 2));
      fields.add(new Definition.Field(found.name(), found.name(), shape, !optional));
    }

    @Override
    public void end() {
      types.put(name, new Definition.Fields(name, raw(name), fields, open));
    }
  }

  private final class UnionPart implements Part {
    private final String name;
    private final Definition.Tagging tagging;
    private final String property;
    private final List<Definition.Variant> variants = new ArrayList<>();

    UnionPart(String text) throws ShapeText.MalformedException {
      int at = text.indexOf(ONE_OF);
      this.name = text.substring(0, at);
      String[] how = text.substring(at + ONE_OF.length()).split(" ", 2);
      this.property = how.length > 1 ? ShapeText.nameAt(how[1]).name() : "";
      try {
        this.tagging =
            Definition.Tagging.valueOf(how[0].toUpperCase(Locale.ROOT).replace('-', '_'));
      } catch (IllegalArgumentException e) {
        throw new ShapeText.MalformedException("\"" + how[0] + "\" tells nothing apart");
      }
    }

    @Override
    public void line(String text) throws ShapeText.MalformedException {
      String variant = text.substring(2);
      ShapeText.NameAt found = ShapeText.nameAt(variant);
      String rest = variant.substring(found.end());
      if (rest.startsWith(": ")
          && ShapeText.parse(rest.substring(2)) instanceof Shape.Named named) {
        variants.add(new Definition.Variant(found.name(), named));
        return;
      }
      throw new ShapeText.MalformedException("\"" + variant + "\" is no variant");
    }

    @Override
    public void end() {
      types.put(name, new Definition.Union(name, raw(name), tagging, property, variants));
    }
  }

  private static String raw(String name) {
    return name.replaceAll("[<#].*", "");
  }
}
