package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.Ai;
import dev.vibecoder.inngest.AiAnswer;
import dev.vibecoder.inngest.AiRequest;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.middleware.StepKind;
import dev.vibecoder.inngest.protocol.Opcode;
import java.util.List;
import java.util.concurrent.Callable;

/** Steps that ask a model, as functions see them. */
final class DurableAi implements Ai {
  private final Run run;
  private final ServerSteps serverSteps;

  DurableAi(Run run, ServerSteps serverSteps) {
    this.run = run;
    this.serverSteps = serverSteps;
  }

  @Override
  public AiAnswer infer(String id, AiRequest request) {
    return serverSteps.<AiAnswer>await(
        id,
        StepKind.AI_INFER,
        step -> form(request, run.input(step)),
        done -> new AiAnswer(done.tree()));
  }

  /** What a person changed of the request, when starting the run again from there, goes first. */
  private static StepForm form(AiRequest request, List<JsonNode> input) {
    ObjectNode opts = StepForm.object().put("type", "step.ai.infer");
    opts.setAll(request.options());
    if (!input.isEmpty() && input.get(0).isObject()) {
      JsonNode changed =
          input.get(0).path("body").isObject() ? input.get(0).get("body") : input.get(0);
      opts.withObject("body").setAll((ObjectNode) changed);
    }
    return new StepForm(Opcode.AI_GATEWAY, null, opts);
  }

  @Override
  public <T> T infer(String id, AiRequest request, Class<T> type) {
    return infer(id, request).read(type);
  }

  @Override
  public <T> T wrap(String id, Class<T> type, Callable<? extends T> body) {
    return wrap(id, TypeRef.of(type), body);
  }

  @Override
  public <T> T wrap(String id, TypeRef<T> type, Callable<? extends T> body) {
    return run.run(StepIdentity.require(id), StepForm.AI_WRAP, type, body);
  }
}
