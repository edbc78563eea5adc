package dev.vibecoder.inngest.internal.execution;

import java.util.ArrayList;
import java.util.List;

/**
 * What the branches of groups log, held back until it is known whether it is new: if the next step
 * is remembered, an earlier call has come by this line, else it is written, unless it was in an
 * earlier call. Bound to the thread of the run.
 */
final class HeldLines {
  private final String call;
  private final WrittenLines written;
  private final List<Line> lines = new ArrayList<>();

  /**
   * Nothing is held yet.
   *
   * @param call names the run and the attempt: one that is tried again logs again
   */
  HeldLines(String call, WrittenLines written) {
    this.call = call;
    this.written = written;
  }

  /**
   * A line.
   *
   * @param frame the branch in which it was logged, or the one that goes on after it
   * @param place where that was
   * @param number which of the lines at that place it is
   * @param write writes it
   */
  private record Line(Frame frame, String place, long number, Runnable write) {
    Line of(Frame other) {
      return new Line(other, place, number, write);
    }
  }

  /** Holds a line back. */
  void add(Frame frame, Runnable write) {
    String place = frame.codePlace();
    long number = lines.stream().filter(line -> line.place().equals(place)).count();
    lines.add(new Line(frame, place, number, write));
  }

  /** A branch comes by a remembered step. */
  void drop(Frame frame) {
    lines.removeIf(line -> frame.isWithin(line.frame()));
  }

  /** A branch comes to a step that is not done. */
  void write(Frame frame) {
    for (Line line : lines) {
      if (frame.isWithin(line.frame())) {
        write(line);
      }
    }
    drop(frame);
  }

  /** A group has ended: what comes after it tells of the ends of its branches. */
  void joined(Frame branch, Frame parent) {
    lines.replaceAll(line -> line.frame() == branch ? line.of(parent) : line);
  }

  /** Nothing follows in this call, or something that is new. */
  void writeAll() {
    lines.forEach(this::write);
    lines.clear();
  }

  private void write(Line line) {
    if (written.add(call + line.place() + "#" + line.number())) {
      line.write().run();
    }
  }
}
