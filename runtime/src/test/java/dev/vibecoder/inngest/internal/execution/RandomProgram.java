package dev.vibecoder.inngest.internal.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lines of a function as data, and a generator of functions of any shape. */
final class RandomProgram {
  /** One line. */
  sealed interface Line {}

  /**
   * A step that gives its place.
   *
   * @param failures how often it fails before
   * @param own whether it has a number of retries of its own
   */
  record Run(String id, int failures, boolean own) implements Line {}

  /** A step that always fails. */
  record Fail(String id, boolean retriable) implements Line {}

  /** An exception outside steps, the same in every call. */
  record Raise() implements Line {}

  /** An exception outside steps that does not come again. */
  record Hiccup() implements Line {}

  record Sleep(String id, int seconds) implements Line {}

  record WaitFor(String id) implements Line {}

  record Invoke(String id) implements Line {}

  record Parallel(boolean independent, List<List<Line>> branches) implements Line {}

  record Race(List<List<Line>> branches) implements Line {}

  record Each(List<String> keys, int atMost, boolean settled, List<Line> body) implements Line {}

  record Loop(int times, List<Line> body) implements Line {}

  /** Catches what the lines throw. */
  record Try(List<Line> body) implements Line {}

  /** Every step in it, outside races in races, is to be undone. */
  record Saga(List<Line> body) implements Line {}

  record Meanwhile(String id, List<Line> body) implements Line {}

  /**
   * Steps that depend on earlier ones.
   *
   * @param after for each step the positions of those before
   */
  record Graph(List<String> ids, List<List<Integer>> after) implements Line {}

  private static final List<String> IDS = List.of("a", "b", "c");

  private final Random random;
  private int budget;

  private RandomProgram(Random random, int budget) {
    this.random = random;
    this.budget = budget;
  }

  /** A program of at most a number of lines, not counting repeats. */
  static List<Line> next(Random random, int lines) {
    RandomProgram generator = new RandomProgram(random, lines);
    List<Line> program = generator.lines(0, false);
    while (generator.budget > 0) {
      program.addAll(generator.lines(0, false));
    }
    return program;
  }

  private List<Line> lines(int depth, boolean inSaga) {
    List<Line> lines = new ArrayList<>();
    int count = 1 + random.nextInt(depth == 0 ? 5 : 3);
    for (int i = 0; i < count && budget > 0; i++) {
      lines.add(line(depth, inSaga));
    }
    return lines;
  }

  private Line line(int depth, boolean inSaga) {
    budget--;
    int kind = random.nextInt(depth < 3 ? 24 : 10);
    return switch (kind) {
      case 0, 1, 2, 3 ->
          new Run(id(), random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0, random.nextInt(6) == 0);
      case 4 -> new Fail(id(), random.nextBoolean());
      case 5 -> depth > 0 && random.nextInt(3) == 0 ? new Raise() : new Run(id(), 0, false);
      case 6 -> depth == 0 && !inSaga ? new Hiccup() : new Run(id(), 0, false);
      case 7 -> new Sleep(id(), 1 + random.nextInt(3));
      case 8 -> new WaitFor(id());
      case 9 -> new Invoke(id());
      case 10, 11, 12, 13 ->
          new Parallel(random.nextInt(5) == 0, branches(depth, inSaga, 2 + random.nextInt(3)));
      case 14, 15 -> new Race(branches(depth, inSaga, 2 + random.nextInt(2)));
      case 16, 17 -> {
        List<String> keys =
            new ArrayList<>(List.of("k1", "k2", "k3", "k4")).subList(0, 1 + random.nextInt(4));
        yield new Each(
            keys,
            random.nextBoolean() ? 1 + random.nextInt(3) : 99,
            random.nextBoolean(),
            lines(depth + 1, inSaga));
      }
      case 18 -> new Loop(2, lines(depth + 1, inSaga));
      case 19, 20 -> new Try(lines(depth + 1, inSaga));
      case 21 -> new Saga(lines(depth + 1, true));
      case 22 -> new Meanwhile(id(), lines(depth + 1, inSaga));
      default -> depth == 0 ? graph() : new Run(id(), 0, false);
    };
  }

  private String id() {
    return IDS.get(random.nextInt(IDS.size()));
  }

  private List<List<Line>> branches(int depth, boolean inSaga, int count) {
    List<List<Line>> branches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      branches.add(lines(depth + 1, inSaga));
    }
    return branches;
  }

  private Graph graph() {
    List<String> ids = new ArrayList<>();
    List<List<Integer>> after = new ArrayList<>();
    int count = 2 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      ids.add("node" + i);
      List<Integer> needed = new ArrayList<>();
      for (int before = 0; before < i; before++) {
        if (random.nextInt(3) == 0) {
          needed.add(before);
        }
      }
      after.add(needed);
    }
    return new Graph(ids, after);
  }
}
