package dev.vibecoder.inngest.processor.internal.body;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the code of one class names. Of a source and of the class file that is made of it the same
 * is gathered, by the same questions: incremental builds see the one or the other.
 */
public final class ClassBody {
  private static final String SEND = "send";
  private static final String CONSTRUCTOR = "<init>";
  private static final String EVENT_TYPE = "dev.vibecoder.inngest.EventType";

  private final Set<Mention> made = new LinkedHashSet<>();
  private final List<List<TypeUse>> uses = new ArrayList<>();
  private final Map<String, List<Call>> methods = new LinkedHashMap<>();
  private boolean anyType;

  ClassBody() {}

  /**
   * A call, by name: of a method of the class, or of one of the durable operations.
   *
   * @param operation the operation of {@code Steps}, empty for a method of the class
   * @param name the method, or the literal id that the operation is given
   */
  public record Call(String operation, String name) {}

  /** Events that are made: each of them may be sent. */
  public Set<Mention> made() {
    return Collections.unmodifiableSet(made);
  }

  /** What is done with types of events, in each stretch of code that is run from top to bottom. */
  public List<List<TypeUse>> uses() {
    return Collections.unmodifiableList(uses);
  }

  /** Whether a type is made of a text, so that any event may be meant. */
  public boolean isAnyTypeMade() {
    return anyType;
  }

  /** Begins a stretch of code. */
  List<TypeUse> stretch() {
    List<TypeUse> stretch = new ArrayList<>();
    uses.add(stretch);
    return stretch;
  }

  /**
   * A method is called, or referred to.
   *
   * @param owners the class it belongs to, or those it may belong to; none if that is not known
   */
  void called(String name, List<String> owners) {
    if (name.equals("of") || name.equals(CONSTRUCTOR)) {
      if (!owners.isEmpty()) {
        made.add(new Mention.ByClass(owners));
      }
    } else if (name.equals("json") && owners.contains(EVENT_TYPE)) {
      anyType = true;
    } else if (name.startsWith(SEND) && name.length() > SEND.length()) {
      made.add(new Mention.BySender(senders(name.substring(SEND.length()))));
    }
  }

  private static List<String> senders(String name) {
    List<String> names = new ArrayList<>(List.of(name));
    for (String ending : List.of("Async", "s")) {
      if (name.endsWith(ending) && name.length() > ending.length()) {
        names.add(name.substring(0, name.length() - ending.length()));
      }
    }
    return names;
  }

  /** A method is called that may take a type. */
  static void taken(String name, List<TypeUse> stretch) {
    if (name.equals(SEND)) {
      stretch.add(TypeUse.Taken.SENT);
    } else if (name.equals("waitForEvent")) {
      stretch.add(TypeUse.Taken.AWAITED);
    }
  }

  void method(String name) {
    methods.computeIfAbsent(name, any -> new ArrayList<>());
  }

  void call(String method, Call call) {
    methods.computeIfAbsent(method, any -> new ArrayList<>()).add(call);
  }

  /**
   * The steps and operations that a method calls, itself or through others of the class, in the
   * order of the code; each once. Only sources tell.
   *
   * @param steps names of the methods that are steps
   */
  public List<Call> callsFrom(String method, Set<String> steps) {
    Set<Call> found = new LinkedHashSet<>();
    follow(method, steps, found, new LinkedHashSet<>());
    return List.copyOf(found);
  }

  private void follow(String method, Set<String> steps, Set<Call> found, Set<String> seen) {
    if (!seen.add(method)) {
      return;
    }
    for (Call call : methods.getOrDefault(method, List.of())) {
      if (!call.operation().isEmpty() || steps.contains(call.name())) {
        found.add(call);
      } else {
        follow(call.name(), steps, found, seen);
      }
    }
  }
}
