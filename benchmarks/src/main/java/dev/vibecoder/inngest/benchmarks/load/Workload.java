package dev.vibecoder.inngest.benchmarks.load;

import dev.vibecoder.inngest.protocol.StepHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One kind of call: how much the server remembers of the run.
 *
 * @param name names it on the command line and in the table
 * @param function the function's id
 * @param steps how many memoised steps there are
 * @param stepBytes size of each result as JSON
 */
record Workload(String name, String function, int steps, int stepBytes) {
  static final Workload NO_STEP = new Workload("no-step", "no-step", 0, 0);

  static final List<Workload> ALL =
      List.of(
          NO_STEP,
          new Workload("1", "steps", 0, 0),
          new Workload("10", "steps", 10, 500),
          new Workload("100", "steps", 100, 500),
          new Workload("1000", "steps", 1_000, 200));

  static Workload named(String name) {
    return ALL.stream().filter(one -> one.name.equals(name)).findFirst().orElseThrow();
  }

  /** The body of a call, in the canonical form that the Inngest server sends. */
  byte[] body() {
    StringBuilder stack = new StringBuilder();
    // Sorted, as canonical JSON is: not in the order in which the function reads them.
    Map<String, String> memos = new TreeMap<>();
    for (int i = 0; i < steps; i++) {
      String hash = StepHash.of("step-" + i);
      String comma = i == 0 ? "" : ",";
      stack.append(comma).append('"').append(hash).append('"');
      memos.put(hash, "\"" + hash + "\":{\"data\":" + result(i) + "}");
    }
    String event =
        "{\"data\":{\"steps\":"
            + steps
            + "},\"id\":\"01M84MPWMJSE4WBGXD2T9MJQC5\",\"name\":\"load/call\",\"ts\":1795452269202,"
            + "\"user\":{}}";
    String body =
        "{\"ctx\":{\"attempt\":0,\"disable_immediate_execution\":false,\"env\":\"\","
            + "\"fn_id\":\"d1a86627-2317-5621-ac6b-e6701d33d6ef\",\"generation_id\":1,"
            + "\"job_id\":\"3ctmtm6086ndu\",\"max_attempts\":5,"
            + "\"qi_id\":\"M2N0bXRtNjA4Nm5kdTo6ZGVmYXVsdA==\","
            + "\"request_id\":\"01M84MPWWEQ7TMZB56P2T856T8\","
            + "\"run_id\":\"01M84MPWRVY58RVZDR0H3DZ9R5\",\"stack\":{\"current\":"
            + steps
            + ",\"stack\":["
            + stack
            + "]},\"step_id\":\"step\",\"use_api\":false},\"defers\":{},\"event\":"
            + event
            + ",\"events\":["
            + event
            + "],\"steps\":{"
            + String.join(",", memos.values())
            + "},\"use_api\":false,\"version\":2}";
    return body.getBytes(StandardCharsets.UTF_8);
  }

  private String result(int number) {
    String frame = "{\"number\":%d,\"tags\":[\"alpha\",\"beta\"],\"text\":\"%s\"}";
    int length = stepBytes - String.format(frame, number, "").length();
    return String.format(
        frame,
        number,
        "The quick brown fox jumps over the lazy dog. ".repeat(12).substring(0, length));
  }
}
