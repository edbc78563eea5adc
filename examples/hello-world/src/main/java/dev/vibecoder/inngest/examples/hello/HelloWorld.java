package dev.vibecoder.inngest.examples.hello;

import dev.vibecoder.inngest.FunctionFailure;
import dev.vibecoder.inngest.annotation.InngestFunction;
import dev.vibecoder.inngest.annotation.OnFailure;
import dev.vibecoder.inngest.annotation.Step;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Greets somebody in three steps, each of which is run once, whatever happens in between. */
@InngestFunction(id = "hello-world", event = "demo/hello.world", retries = 3)
public class HelloWorld {
  private static final Logger LOG = LoggerFactory.getLogger(HelloWorld.class);

  private final Environment environment;

  HelloWorld(Environment environment) {
    this.environment = environment;
  }

  @Step
  void logReceived(HelloWorldEvent event) {
    LOG.info("Received {} for {}", event.name(), event.data().name());
  }

  @Step
  String greeting(HelloWorldData data) {
    return data.language().greet(data.name());
  }

  @Step
  HelloWorldResult result(HelloWorldData data, String greeting) {
    return new HelloWorldResult(greeting, Instant.now(), data, environment);
  }

  @OnFailure
  void failed(FunctionFailure<HelloWorldEvent> failure) {
    LOG.warn("Run {} failed: {}", failure.runId(), failure.error().message());
  }
}
