package dev.vibecoder.inngest.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;

/** What a signature may be over beside the bytes themselves: it is stable, or there is none. */
class CanonicalJsonFuzzTest {
  @FuzzTest(maxDuration = "20s")
  void aCanonicalFormIsItsOwn(byte[] json) {
    Optional<byte[]> canonical = CanonicalJson.of(json);

    canonical.ifPresent(form -> assertThat(CanonicalJson.of(form)).get().isEqualTo(form));
  }
}
