package dev.vibecoder.inngest.examples.hello;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A headless Chromium, driven over its own debugging protocol. */
final class Browser implements AutoCloseable {
  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private int lastId;

  Browser(Path profile, URI page) throws Exception {
    process =
        new ProcessBuilder(
                Tool.require("chromium"),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                page.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(pageSocket(profile.resolve("DevToolsActivePort"), page), new Listener())
            .get(20, TimeUnit.SECONDS);
  }

  private URI pageSocket(Path portFile, URI page) throws IOException {
    while (process.isAlive()) {
      if (Files.exists(portFile) && Files.readString(portFile).contains("\n")) {
        String port = Files.readAllLines(portFile).get(0);
        for (JsonNode target : Stage.get(URI.create("http://127.0.0.1:" + port + "/json/list"))) {
          if (target.path("url").asText().startsWith(page.toString())) {
            return URI.create(target.path("webSocketDebuggerUrl").asText());
          }
        }
      }
      Thread.onSpinWait();
    }
    throw new IOException("Chromium ended with status " + process.exitValue());
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          messages.add(Stage.JSON.readTree(text.toString()));
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(webSocket, data, last);
    }
  }

  /** Waits until the page shows a text, and gives the page as it is then. */
  String pageWith(String text) throws Exception {
    String script =
        "new Promise(done => { const look = () => document.body?.innerText.includes("
            + Stage.JSON.writeValueAsString(text)
            + ") ? done(document.documentElement.outerHTML) : setTimeout(look, 20); look(); })";
    JsonNode answer;
    do {
      // A page that is only just being loaded forgets what it was asked.
      answer = answer(script);
    } while (answer.has("error"));
    return value(answer);
  }

  /** Makes the page as wide as the window of a phone. */
  void narrow(int width) throws Exception {
    ObjectNode size = Stage.JSON.createObjectNode();
    size.put("width", width).put("height", 900).put("deviceScaleFactor", 1).put("mobile", false);
    command("Emulation.setDeviceMetricsOverride", size);
  }

  /** Runs a script in the page and waits for its result. */
  String evaluate(String script) throws Exception {
    return value(answer(script));
  }

  private static String value(JsonNode answer) throws IOException {
    JsonNode result = answer.path("result");
    if (answer.has("error") || result.has("exceptionDetails")) {
      throw new IOException("The script failed: " + answer);
    }
    return result.path("result").path("value").asText();
  }

  private JsonNode answer(String script) throws Exception {
    ObjectNode parameters = Stage.JSON.createObjectNode();
    parameters.put("expression", script);
    parameters.put("awaitPromise", true);
    parameters.put("returnByValue", true);
    return command("Runtime.evaluate", parameters);
  }

  private JsonNode command(String method, ObjectNode parameters) throws Exception {
    ObjectNode command = Stage.JSON.createObjectNode();
    command.put("id", ++lastId);
    command.put("method", method);
    command.set("params", parameters);
    socket.sendText(command.toString(), true).get(10, TimeUnit.SECONDS);
    while (true) {
      JsonNode message = messages.poll(20, TimeUnit.SECONDS);
      if (message == null) {
        throw new IOException("The page did not get there: " + parameters);
      }
      if (message.path("id").asInt() == lastId) {
        return message;
      }
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
