package dev.vibecoder.inngest.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.protocol.RequestSignature;
import dev.vibecoder.inngest.protocol.SigningKey;
import dev.vibecoder.inngest.support.MutableClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What it costs to turn strangers away. */
@Timeout(30)
class DoorTest {
  private static final SigningKey KEY =
      SigningKey.parse("signkey-test-" + "0123456789ab".repeat(4));

  private final MutableClock clock = new MutableClock();
  private final AtomicInteger canonicalised = new AtomicInteger();

  private static InngestOptions options() {
    return InngestOptions.builder()
        .variables(Map.of("INNGEST_SIGNING_KEY", "signkey-test-" + "0123456789ab".repeat(4)))
        .appId("app")
        .build();
  }

  private ServeRequest claimed(byte[] body, byte[] signed) {
    return new ServeRequest(
        "POST",
        URI.create("http://localhost/api/inngest"),
        Map.of("x-inngest-signature", RequestSignature.sign(signed, KEY, clock.instant())),
        body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Door counting() {
    return new Door(
        options(),
        clock,
        body -> {
          canonicalised.incrementAndGet();
          return Optional.empty();
        });
  }

  @Test
  void whatIsSignedAsItCameIsNotReadForIt() {
    assertThat(counting().identify(claimed(bytes("{}"), bytes("{}"))).trusted()).isTrue();
    assertThat(canonicalised).hasValue(0);
  }

  @Test
  void aLargeBodyIsNotReadForAStranger() {
    Caller caller = counting().identify(claimed(new byte[1024 * 1024 + 1], bytes("other")));
    assertThat(caller.trusted()).isFalse();
    assertThat(caller.undecided()).isFalse();
    assertThat(canonicalised).hasValue(0);
  }

  @Test
  void aBodyOfVeryManyPartsIsNotMadeATreeForAStranger() {
    Door door = new Door(options(), clock);
    // Signed in canonical form: it would be good if anybody looked.
    for (int parts : List.of(40_000, 60_000)) {
      byte[] body = bytes("[" + "[], ".repeat(parts) + "[]]");
      byte[] canonical = bytes("[" + "[],".repeat(parts) + "[]]");
      assertThat(door.identify(claimed(body, canonical)).trusted()).isEqualTo(parts == 40_000);
    }
  }

  @Test
  void onlyTwoBodiesAreReadForStrangersAtOnceAndTheOthersMayComeAgain() throws Exception {
    CountDownLatch inside = new CountDownLatch(2);
    CountDownLatch go = new CountDownLatch(1);
    Door door =
        new Door(
            options(),
            clock,
            body -> {
              inside.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return Optional.of(bytes("{}"));
            });
    ServeRequest request = claimed(bytes("{ }"), bytes("{}"));
    List<FutureTask<Caller>> callers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      FutureTask<Caller> caller = new FutureTask<>(() -> door.identify(request));
      callers.add(caller);
      new Thread(caller, "caller").start();
    }
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
    Caller third = door.identify(request);
    assertThat(third.trusted()).isFalse();
    assertThat(door.refusal(request, third))
        .hasValueSatisfying(answer -> assertThat(answer.status()).isEqualTo(503));
    // Who signed what came is not kept waiting.
    assertThat(door.identify(claimed(bytes("{}"), bytes("{}"))).trusted()).isTrue();
    go.countDown();
    for (FutureTask<Caller> caller : callers) {
      assertThat(caller.get(10, TimeUnit.SECONDS).trusted()).isTrue();
    }
    assertThat(door.identify(request).trusted()).isTrue();
  }
}
