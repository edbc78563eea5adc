package dev.vibecoder.inngest.support;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/** What is logged while it is open; the test logger writes to the standard error stream. */
public final class LogLines implements AutoCloseable {
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Object changed = new Object();

  public LogLines() {
    System.setErr(
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
              }

              @Override
              public void write(byte[] source, int offset, int length) {
                synchronized (changed) {
                  bytes.write(source, offset, length);
                  changed.notifyAll();
                }
              }
            },
            true,
            StandardCharsets.UTF_8));
  }

  public String text() {
    synchronized (changed) {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  public List<String> lines(String part) {
    return text().lines().filter(line -> line.contains(part)).toList();
  }

  /** Waits until the text is as wanted. */
  public void await(Predicate<String> wanted) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    synchronized (changed) {
      while (!wanted.test(text())) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          throw new AssertionError("Never logged; what was: " + text());
        }
        changed.wait(left / 1_000_000 + 1);
      }
    }
  }

  @Override
  public void close() {
    System.setErr(before);
    before.print(text());
  }
}
