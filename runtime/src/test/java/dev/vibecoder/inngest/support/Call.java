package dev.vibecoder.inngest.support;

import dev.vibecoder.inngest.protocol.StepHash;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds the body of a call request as the server sends it. */
public final class Call {
  public static final String RUN_ID = "01M84MPWRVY58RVZDR0H3DZ9R5";

  private final Map<String, String> memos = new LinkedHashMap<>();
  private String event =
      "{\"data\":{\"n\":1},\"id\":\"e1\",\"name\":\"test/event\",\"ts\":1795452269202,\"user\":{}}";
  private String moreEvents = "";
  private String runId = RUN_ID;
  private int attempt;
  private int maxAttempts = 4;
  private int version = 2;
  private boolean planOnly;
  private boolean useApi;
  private String target = "step";

  public static Call first() {
    return new Call();
  }

  /** Remembers a step by its id, in any of the wire's forms. */
  public Call memo(String id, String json) {
    memos.put(StepHash.of(id), json);
    return this;
  }

  public Call done(String id, String data) {
    return memo(id, "{\"data\":" + data + "}");
  }

  public Call failed(String id, String name, String message) {
    return memo(
        id,
        "{\"error\":{\"name\":"
            + Trees.quote(name)
            + ",\"message\":"
            + Trees.quote(message)
            + ",\"stack\":\"recorded stack\"}}");
  }

  public Call memos(Map<String, String> byHash) {
    memos.putAll(byHash);
    return this;
  }

  public Call event(String json) {
    this.event = json;
    return this;
  }

  /** More events of a batch, as JSON objects separated by commas. */
  public Call events(String json) {
    this.moreEvents = "," + json;
    return this;
  }

  public Call run(String id) {
    this.runId = id;
    return this;
  }

  public Call attempt(int number, int of) {
    this.attempt = number;
    this.maxAttempts = of;
    return this;
  }

  public Call version(int number) {
    this.version = number;
    return this;
  }

  public Call planOnly() {
    this.planOnly = true;
    return this;
  }

  public Call useApi() {
    this.useApi = true;
    return this;
  }

  /** Asks for one step by its id. */
  public Call target(String id) {
    this.target = StepHash.of(id);
    return this;
  }

  public Call targetHash(String hash) {
    this.target = hash;
    return this;
  }

  public String stepId() {
    return target;
  }

  public byte[] body() {
    StringBuilder steps = new StringBuilder();
    StringBuilder stack = new StringBuilder();
    memos.forEach(
        (hash, memo) -> {
          steps.append(steps.length() == 0 ? "" : ",");
          steps.append('"').append(hash).append("\":").append(memo);
          stack.append(stack.length() == 0 ? "" : ",").append('"').append(hash).append('"');
        });
    return ("{\"ctx\":{\"attempt\":"
            + attempt
            + ",\"disable_immediate_execution\":"
            + planOnly
            + ",\"env\":\"\",\"fn_id\":\"d1a86627-2317-5621-ac6b-e6701d33d6ef\",\"max_attempts\":"
            + maxAttempts
            + ",\"qi_id\":\"\",\"run_id\":\""
            + runId
            + "\",\"stack\":{\"current\":"
            + memos.size()
            + ",\"stack\":["
            + stack
            + "]},\"step_id\":\"step\",\"use_api\":"
            + useApi
            + "},\"defers\":{},\"event\":"
            + event
            + ",\"events\":["
            + event
            + moreEvents
            + "],\"steps\":{"
            + steps
            + "},\"use_api\":"
            + useApi
            + ",\"version\":"
            + version
            + "}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
