package dev.vibecoder.inngest.processor.internal.lock;

import dev.vibecoder.inngest.processor.internal.body.Bodies;
import dev.vibecoder.inngest.processor.internal.contract.ModuleContract;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.shape.Definition;
import dev.vibecoder.inngest.processor.internal.shape.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.lang.model.util.Elements;

/**
 * The file that keeps what runs under way rely on. It is changed only when nothing is wrong, in one
 * move, and only if what it says has changed.
 */
public final class Lock {
  private final Path path;
  private final boolean update;
  private final Elements elements;
  private final Problems problems;

  /**
   * Makes a lock.
   *
   * @param update whether the file is to say what the code is now, whatever it said
   */
  public Lock(Path path, boolean update, Elements elements, Problems problems) {
    this.path = path;
    this.update = update;
    this.elements = elements;
    this.problems = problems;
  }

  /** Compares a module with the file, and brings the file up to date if nothing is wrong. */
  public void check(ModuleContract module, Bodies bodies) {
    long errors = problems.errors();
    Optional<String> text = read();
    if (problems.errors() > errors) {
      return;
    }
    Optional<LockedModule> before = parse(text.orElse(""));
    if (before.isEmpty()) {
      return;
    }
    LockedModule now = new Locked(elements, bodies, before.get()).of(module);
    LockCheck check =
        new LockCheck(
            elements, bodies, problems, String.valueOf(path.getFileName()), before.get(), now);
    if (!update) {
      check.check();
    }
    if (problems.errors() == errors) {
      String wanted = LockWriter.text(merged(before.get(), now, check));
      if (!wanted.equals(text.map(found -> found.replace("\r\n", "\n")).orElse(""))) {
        write(wanted);
      }
    }
  }

  private Optional<String> read() {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(path, StandardCharsets.UTF_8));
    } catch (IOException e) {
      problems.addGeneral(
          ProblemCode.LOCK_FILE,
          "The file " + path + " cannot be read: " + e + ".",
          "It is the one that -Ainngest.lock names.");
      return Optional.empty();
    }
  }

  private Optional<LockedModule> parse(String text) {
    try {
      return Optional.of(LockReader.read(text));
    } catch (LockReader.MalformedException e) {
      if (update) {
        return Optional.of(LockedModule.EMPTY);
      }
      problems.addGeneral(
          ProblemCode.LOCK_FILE,
          "Line " + e.line() + " of the lock is not understood: " + e.getMessage() + ".",
          "It is "
              + path
              + ". Take the version that was committed last, or write it anew with"
              + " -Ainngest.lock.update=true.");
      return Optional.empty();
    }
  }

  /** What was compiled, and what is there but was not compiled this time. */
  private static LockedModule merged(LockedModule before, LockedModule now, LockCheck check) {
    SortedMap<String, LockedModule.Function> functions = new TreeMap<>(now.functions());
    before
        .functions()
        .forEach(
            (id, function) -> {
              if (!functions.containsKey(id) && check.isElsewhere(function)) {
                functions.put(id, function);
              }
            });
    Map<String, Definition> known = new TreeMap<>(before.types());
    known.putAll(now.types());
    return new LockedModule(functions, used(functions, known));
  }

  /** The types that results of functions and steps consist of. */
  private static SortedMap<String, Definition> used(
      Map<String, LockedModule.Function> functions, Map<String, Definition> known) {
    SortedMap<String, Definition> used = new TreeMap<>();
    Deque<Shape> waiting = new ArrayDeque<>();
    for (LockedModule.Function function : functions.values()) {
      waiting.add(function.result());
      function.steps().forEach(step -> waiting.add(step.result()));
    }
    while (!waiting.isEmpty()) {
      Shape shape = waiting.remove();
      if (shape instanceof Shape.Items items) {
        waiting.add(items.element());
      } else if (shape instanceof Shape.Entries entries) {
        waiting.add(entries.value());
      } else if (shape instanceof Shape.Maybe maybe) {
        waiting.add(maybe.value());
      } else if (shape instanceof Shape.Named named) {
        Definition definition = known.get(named.name());
        if (definition != null && used.put(named.name(), definition) == null) {
          if (definition instanceof Definition.Fields fields) {
            fields.fields().forEach(field -> waiting.add(field.shape()));
          } else if (definition instanceof Definition.Union union) {
            union.variants().forEach(variant -> waiting.add(variant.shape()));
          }
        }
      }
    }
    return used;
  }

  private void write(String text) {
    Path folder = path.toAbsolutePath().getParent();
    try {
      if (folder == null || !Files.isDirectory(folder)) {
        throw new IOException("there is no folder " + folder);
      }
      Path fresh = Files.createTempFile(folder, String.valueOf(path.getFileName()), ".tmp");
      try {
        Files.writeString(fresh, text, StandardCharsets.UTF_8);
        move(fresh);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      problems.addGeneral(
          ProblemCode.LOCK_FILE,
          "The file " + path + " cannot be written: " + e.getMessage() + ".",
          "It is the one that -Ainngest.lock names.");
    }
  }

  private void move(Path fresh) throws IOException {
    try {
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
