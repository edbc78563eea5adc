package dev.vibecoder.inngest.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpcodeTest {
  @ParameterizedTest
  @EnumSource(Opcode.class)
  void isFoundByItsNameInAnyCase(Opcode opcode) {
    assertThat(Opcode.ofWireName(opcode.wireName())).contains(opcode);
    assertThat(Opcode.ofWireName(opcode.wireName().toUpperCase(Locale.ROOT))).contains(opcode);
  }

  /** The server's list has no StepNotFound: one such operation spoils a whole answer. */
  @ParameterizedTest
  @ValueSource(strings = {"", "StepNotFound", "STEP_RUN", " StepRun"})
  void otherNamesAreUnknown(String name) {
    assertThat(Opcode.ofWireName(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "None",
        "Step",
        "StepRun",
        "StepError",
        "StepFailed",
        "StepPlanned",
        "Sleep",
        "WaitForEvent",
        "WaitForSignal",
        "InvokeFunction",
        "AIGateway",
        "Gateway",
        "RunComplete",
        "SyncRunComplete",
        "DiscoveryRequest",
        "DeferAdd",
        "DeferAbort"
      })
  void theServersNamesAreKnown(String name) {
    assertThat(Opcode.ofWireName(name).map(Opcode::wireName)).contains(name);
  }
}
