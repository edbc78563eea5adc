package dev.vibecoder.inngest.server;

import dev.vibecoder.inngest.function.FunctionDefinition;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A function that stays until it is let go. */
final class Blocking {
  private final Semaphore entered = new Semaphore(0);
  private final CountDownLatch go = new CountDownLatch(1);

  FunctionDefinition function() {
    return FunctionDefinition.define("blocking")
        .on("test/event")
        .handle(
            (event, step) -> {
              entered.release();
              go.await();
              return "done";
            });
  }

  void awaitEntered(int calls) throws InterruptedException {
    if (!entered.tryAcquire(calls, 10, TimeUnit.SECONDS)) {
      throw new AssertionError("Only " + entered.availablePermits() + " calls run");
    }
  }

  void letGo() {
    go.countDown();
  }
}
