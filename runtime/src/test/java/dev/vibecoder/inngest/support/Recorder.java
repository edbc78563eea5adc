package dev.vibecoder.inngest.support;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.SendResult;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.middleware.AppRequest;
import dev.vibecoder.inngest.middleware.AppResponse;
import dev.vibecoder.inngest.middleware.CallContext;
import dev.vibecoder.inngest.middleware.CallEnd;
import dev.vibecoder.inngest.middleware.JsonPayload;
import dev.vibecoder.inngest.middleware.Middleware;
import dev.vibecoder.inngest.middleware.Next;
import dev.vibecoder.inngest.middleware.RegistrationContext;
import dev.vibecoder.inngest.middleware.SendContext;
import dev.vibecoder.inngest.middleware.StepInfo;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Middleware that writes down which of its hooks is called, in a list that several can share. */
public final class Recorder implements Middleware {
  private final String name;
  private final List<String> log;

  public Recorder(String name, List<String> log) {
    this.name = name;
    this.log = log;
  }

  /** The log of one alone, without its name. */
  public static List<String> log() {
    return new ArrayList<>();
  }

  private void write(String what) {
    log.add(name.isEmpty() ? what : name + " " + what);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void onRegister(RegistrationContext registration) {
    write("onRegister " + registration.appId() + "/" + registration.functionId().orElse("-"));
  }

  @Override
  public AppResponse wrapRequest(CallContext call, AppRequest request, Next<AppResponse> next)
      throws Exception {
    write("wrapRequest(");
    try {
      return next.proceed();
    } finally {
      write(")wrapRequest");
    }
  }

  @Override
  public List<EventEnvelope> transformEvents(CallContext call, List<EventEnvelope> events) {
    write("transformEvents");
    return events;
  }

  @Override
  public void onRunStart(CallContext call) {
    write("onRunStart");
  }

  @Override
  public void beforeMemoization(CallContext call) {
    write("beforeMemoization");
  }

  @Override
  public void afterMemoization(CallContext call) {
    write("afterMemoization");
  }

  @Override
  public void beforeExecution(CallContext call) {
    write("beforeExecution");
  }

  @Override
  public void afterExecution(CallContext call, CallEnd end) {
    write("afterExecution " + end);
  }

  @Override
  public @Nullable Object wrapFunction(CallContext call, Steps step, Next<@Nullable Object> next)
      throws Exception {
    write("wrapFunction(");
    try {
      return next.proceed();
    } finally {
      write(")wrapFunction");
    }
  }

  @Override
  public JsonPayload transformOutput(CallContext call, JsonPayload output) {
    write("transformOutput");
    return output;
  }

  @Override
  public void onRunComplete(CallContext call, JsonPayload output) {
    write("onRunComplete " + output.tree());
  }

  @Override
  public void onRunError(CallContext call, Throwable error, boolean last) {
    write("onRunError " + error.getMessage() + (last ? " last" : ""));
  }

  @Override
  public @Nullable Object wrapStepCall(CallContext call, StepInfo step, Next<@Nullable Object> next)
      throws Exception {
    write("wrapStepCall " + step.id() + "(");
    try {
      return next.proceed();
    } finally {
      write(")wrapStepCall " + step.id());
    }
  }

  @Override
  public JsonPayload transformMemo(CallContext call, StepInfo step, JsonPayload memo) {
    write("transformMemo " + step.id());
    return memo;
  }

  @Override
  public ObjectNode transformStepInput(CallContext call, StepInfo step, ObjectNode input) {
    write("transformStepInput " + step.id() + " " + step.kind());
    return input;
  }

  @Override
  public void onStepStart(CallContext call, StepInfo step) {
    write("onStepStart " + step.id());
  }

  @Override
  public @Nullable Object wrapStep(CallContext call, StepInfo step, Next<@Nullable Object> next)
      throws Exception {
    write("wrapStep " + step.id() + "(");
    try {
      return next.proceed();
    } finally {
      write(")wrapStep " + step.id());
    }
  }

  @Override
  public JsonPayload transformStepOutput(CallContext call, StepInfo step, JsonPayload output) {
    write("transformStepOutput " + step.id());
    return output;
  }

  @Override
  public void onStepComplete(CallContext call, StepInfo step, JsonPayload output) {
    write("onStepComplete " + step.id() + " " + output.tree());
  }

  @Override
  public void onStepError(CallContext call, StepInfo step, Throwable error, boolean last) {
    write("onStepError " + step.id() + " " + error.getMessage() + (last ? " last" : ""));
  }

  @Override
  public List<EventEnvelope> transformSend(SendContext send, List<EventEnvelope> events) {
    write("transformSend " + send.call().map(CallContext::functionId).orElse("-"));
    return events;
  }

  @Override
  public CompletableFuture<SendResult> wrapSend(
      SendContext send, List<EventEnvelope> events, Next<CompletableFuture<SendResult>> next)
      throws Exception {
    write("wrapSend(");
    try {
      return next.proceed();
    } finally {
      write(")wrapSend");
    }
  }
}
