package dev.vibecoder.inngest.devserver.engine;

import dev.vibecoder.inngest.devserver.engine.Fact.StepLabel;
import dev.vibecoder.inngest.protocol.Opcode;

/**
 * One thing that an app reports, read.
 *
 * @param opcode what kind of thing
 * @param step the step it is about
 * @param memo what the step gave, or what the run gave; null for all others
 * @param error the whole error as the app told it, null for all others
 * @param until what a sleep was asked for
 */
record Operation(Opcode opcode, StepLabel step, Memo memo, Payload error, String until) {
  String hash() {
    return step.hash();
  }
}
