package dev.vibecoder.inngest.internal.execution;

import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.InvokeOptions;
import dev.vibecoder.inngest.Outcome;
import dev.vibecoder.inngest.Results2;
import dev.vibecoder.inngest.Results3;
import dev.vibecoder.inngest.Results4;
import dev.vibecoder.inngest.Results5;
import dev.vibecoder.inngest.StepGroups;
import dev.vibecoder.inngest.StepUsageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What functions call of a run's groups. */
class DurableGroups implements StepGroups {
  private final Run run;
  private final Groups groups;
  private final boolean independent;

  DurableGroups(Run run, Groups groups, boolean independent) {
    this.run = run;
    this.groups = groups;
    this.independent = independent;
  }

  // The results come from the branches, in their order.
  @Override
  @SuppressWarnings("unchecked")
  public final <
          A extends @Nullable Object,
          B extends @Nullable Object,
          X extends Exception,
          Y extends Exception>
      Results2<A, B> parallel(Branch<? extends A, X> first, Branch<? extends B, Y> second) {
    List<?> results = all(first::run, second::run);
    return new Results2<>((A) results.get(0), (B) results.get(1));
  }

  @Override
  @SuppressWarnings("unchecked")
  public final <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          X extends Exception,
          Y extends Exception,
          Z extends Exception>
      Results3<A, B, C> parallel(
          Branch<? extends A, X> first,
          Branch<? extends B, Y> second,
          Branch<? extends C, Z> third) {
    List<?> results = all(first::run, second::run, third::run);
    return new Results3<>((A) results.get(0), (B) results.get(1), (C) results.get(2));
  }

  @Override
  @SuppressWarnings("unchecked")
  public final <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          W extends Exception,
          X extends Exception,
          Y extends Exception,
          Z extends Exception>
      Results4<A, B, C, D> parallel(
          Branch<? extends A, W> first,
          Branch<? extends B, X> second,
          Branch<? extends C, Y> third,
          Branch<? extends D, Z> fourth) {
    List<?> results = all(first::run, second::run, third::run, fourth::run);
    return new Results4<>(
        (A) results.get(0), (B) results.get(1), (C) results.get(2), (D) results.get(3));
  }

  @Override
  @SuppressWarnings("unchecked")
  public final <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          V extends Exception,
          W extends Exception,
          X extends Exception,
          Y extends Exception,
          Z extends Exception>
      Results5<A, B, C, D, E> parallel(
          Branch<? extends A, V> first,
          Branch<? extends B, W> second,
          Branch<? extends C, X> third,
          Branch<? extends D, Y> fourth,
          Branch<? extends E, Z> fifth) {
    List<?> results = all(first::run, second::run, third::run, fourth::run, fifth::run);
    return new Results5<>(
        (A) results.get(0),
        (B) results.get(1),
        (C) results.get(2),
        (D) results.get(3),
        (E) results.get(4));
  }

  @Override
  public final <X extends Exception, Y extends Exception> void parallel(
      Action<X> first, Action<Y> second) {
    all(callable(first), callable(second));
  }

  @Override
  public final <X extends Exception, Y extends Exception, Z extends Exception> void parallel(
      Action<X> first, Action<Y> second, Action<Z> third) {
    all(callable(first), callable(second), callable(third));
  }

  @Override
  public final <W extends Exception, X extends Exception, Y extends Exception, Z extends Exception>
      void parallel(Action<W> first, Action<X> second, Action<Y> third, Action<Z> fourth) {
    all(callable(first), callable(second), callable(third), callable(fourth));
  }

  @Override
  public final <
          V extends Exception,
          W extends Exception,
          X extends Exception,
          Y extends Exception,
          Z extends Exception>
      void parallel(
          Action<V> first, Action<W> second, Action<X> third, Action<Y> fourth, Action<Z> fifth) {
    all(callable(first), callable(second), callable(third), callable(fourth), callable(fifth));
  }

  static Callable<@Nullable Void> callable(Action<?> action) {
    return () -> {
      action.run();
      return null;
    };
  }

  private List<?> all(Callable<?>... branches) {
    List<GroupBranch> group = new ArrayList<>(branches.length);
    for (Callable<?> branch : branches) {
      group.add(new GroupBranch(null, branch));
    }
    return results(groups.all("parallel", independent, branches.length, group));
  }

  private static List<?> results(List<BranchEnd> ends) {
    List<@Nullable Object> results = new ArrayList<>(ends.size());
    for (BranchEnd end : ends) {
      results.add(end.get());
    }
    return results;
  }

  // --- one branch an item ---

  @Override
  public final <I, T extends @Nullable Object, X extends Exception> List<T> forEach(
      Collection<? extends I> items,
      Function<? super I, ?> keyOf,
      ItemBranch<? super I, ? extends T, X> branch) {
    return forEach(items, keyOf, Integer.MAX_VALUE, branch);
  }

  // The results come from the branches.
  @Override
  @SuppressWarnings({"unchecked", "NullAway"})
  public final <I, T extends @Nullable Object, X extends Exception> List<T> forEach(
      Collection<? extends I> items,
      Function<? super I, ?> keyOf,
      int atMost,
      ItemBranch<? super I, ? extends T, X> branch) {
    List<T> results = new ArrayList<>(items.size());
    windows("forEach", branches(items, keyOf, branch), atMost, end -> results.add((T) end.get()));
    return Collections.unmodifiableList(results);
  }

  @Override
  public final <I, T extends @Nullable Object> List<Outcome<T>> forEachSettled(
      Collection<? extends I> items,
      Function<? super I, ?> keyOf,
      ItemBranch<? super I, ? extends T, ?> branch) {
    return forEachSettled(items, keyOf, Integer.MAX_VALUE, branch);
  }

  @Override
  public final <I, T extends @Nullable Object> List<Outcome<T>> forEachSettled(
      Collection<? extends I> items,
      Function<? super I, ?> keyOf,
      int atMost,
      ItemBranch<? super I, ? extends T, ?> branch) {
    List<Outcome<T>> outcomes = new ArrayList<>(items.size());
    windows(
        "forEachSettled",
        branches(items, keyOf, branch),
        atMost,
        end -> outcomes.add(outcome(end)));
    return Collections.unmodifiableList(outcomes);
  }

  // The result comes from the branch.
  @SuppressWarnings({"unchecked", "NullAway"})
  private static <T extends @Nullable Object> Outcome<T> outcome(BranchEnd end) {
    if (end.thrown() instanceof Exception failure) {
      return new Outcome.Failure<>(failure);
    }
    return new Outcome.Success<>((T) end.get());
  }

  private static <I> List<GroupBranch> branches(
      Collection<? extends I> items,
      Function<? super I, ?> keyOf,
      ItemBranch<? super I, ?, ?> branch) {
    List<GroupBranch> branches = new ArrayList<>(items.size());
    for (I item : items) {
      String key = StepKeyText.of(keyOf.apply(item), "forEach");
      branches.add(new GroupBranch(key, () -> branch.run(item)));
    }
    return branches;
  }

  private void windows(
      String name, List<GroupBranch> branches, int atMost, Consumer<BranchEnd> each) {
    if (atMost < 1) {
      throw new StepUsageException(
          name + " was told to run " + atMost + " branches side by side; it must be at least one.");
    }
    Set<@Nullable String> keys = new HashSet<>();
    for (GroupBranch branch : branches) {
      if (!keys.add(branch.key())) {
        throw new StepUsageException(
            "Two items of "
                + name
                + " have the key \""
                + branch.key()
                + "\". Keys tell items apart.");
      }
    }
    for (int from = 0; from < branches.size(); ) {
      int to = atMost < branches.size() - from ? from + atMost : branches.size();
      groups
          .all(name, independent, branches.size() - from, branches.subList(from, to))
          .forEach(each);
      from = to;
    }
  }

  // --- invocations ---

  @Override
  public final <I extends @Nullable Object, O extends @Nullable Object> Map<String, O> invokeAll(
      FunctionRef<I, O> function, Map<String, ? extends I> inputs) {
    return invokeAll(function, inputs, InvokeOptions.defaults());
  }

  // The results come from the function.
  @Override
  @SuppressWarnings({"unchecked", "NullAway"})
  public final <I extends @Nullable Object, O extends @Nullable Object> Map<String, O> invokeAll(
      FunctionRef<I, O> function, Map<String, ? extends I> inputs, InvokeOptions options) {
    String id = "invoke-" + StepIdentity.encode(function.functionId());
    ServerSteps invocations = new ServerSteps(run);
    List<GroupBranch> branches = new ArrayList<>(inputs.size());
    inputs.forEach(
        (key, input) ->
            branches.add(
                new GroupBranch(
                    StepKeyText.of(key, id),
                    () -> invocations.<O>invoke(id, function, input, options))));
    List<O> results = new ArrayList<>(branches.size());
    windows("invokeAll", branches, Integer.MAX_VALUE, end -> results.add((O) end.get()));
    Map<String, O> byKey = new LinkedHashMap<>();
    Iterator<O> result = results.iterator();
    for (String key : inputs.keySet()) {
      byKey.put(key, result.next());
    }
    return Collections.unmodifiableMap(byKey);
  }
}
