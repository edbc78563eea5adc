package dev.vibecoder.inngest.examples.hello;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.annotation.InngestEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody wants to be greeted.
 *
 * @param name who
 * @param language in which language
 * @param timestamp when it was asked for; may be absent
 */
@InngestEvent("demo/hello.world")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HelloWorldData(String name, Language language, @Nullable Instant timestamp) {
  /** What is incomplete will not become complete by being tried again. */
  public HelloWorldData {
    if (name == null || language == null) {
      throw new NonRetriableException(
          "A greeting needs a \"name\" and a \"language\" (one of "
              + Language.CODES
              + "); missing: "
              + (name != null ? "language" : language != null ? "name" : "name, language"));
    }
  }
}
