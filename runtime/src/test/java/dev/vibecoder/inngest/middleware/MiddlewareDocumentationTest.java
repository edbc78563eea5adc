package dev.vibecoder.inngest.middleware;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.middleware.MiddlewareExamples.Database;
import dev.vibecoder.inngest.middleware.MiddlewareExamples.TenantOfRequest;
import dev.vibecoder.inngest.middleware.MiddlewareExamples.Transaction;
import dev.vibecoder.inngest.middleware.MiddlewareExamples.Transactions;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.Call;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MiddlewareDocumentationTest {
  private static final Path DOCUMENTATION = Path.of("../docs/middleware.md");
  private static final Path EXAMPLES =
      Path.of("src/test/java/dev/vibecoder/inngest/middleware/MiddlewareExamples.java");

  private static String withoutBlanks(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void everySnippetIsCompiledCode() throws IOException {
    String examples = withoutBlanks(Files.readString(EXAMPLES));
    List<String> snippets = new ArrayList<>();
    StringBuilder snippet = null;
    for (String line : Files.readAllLines(DOCUMENTATION)) {
      if (line.equals("```java")) {
        snippet = new StringBuilder();
      } else if (line.equals("```") && snippet != null) {
        snippets.add(withoutBlanks(snippet.toString()));
        snippet = null;
      } else if (snippet != null) {
        snippet.append(line);
      }
    }
    assertThat(snippets)
        .hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy(s -> assertThat(examples).contains(s));
  }

  @Test
  void everyHookIsNamed() throws IOException {
    String documentation = Files.readString(DOCUMENTATION);
    assertThat(
            Arrays.stream(Middleware.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .filter(name -> !name.equals("name")))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(documentation).contains("`" + name + "`"));
  }

  @Test
  void theExamplesWork() {
    List<String> log = new ArrayList<>();
    Database database = logging(log);
    FunctionDefinition function =
        FunctionDefinition.define("fn")
            .on("test/event")
            .onFailure(
                (failure, step) -> {
                  step.run("tell", () -> log.add("told"));
                  return null;
                })
            .handle(
                (event, step) -> {
                  step.run("one", () -> log.add("one"));
                  return TenantOfRequest.tenant(step.context());
                })
            .withMiddleware(new TenantOfRequest(), new Transactions(database));
    App app = App.of(function);
    app.call(Call.first());
    assertThat(log).containsExactly("one", "commit");
    assertThat(app.call("fn", Call.first().done("one", "null"), Map.of("X-Tenant", "t1")).text())
        .isEqualTo("\"t1\"");
    log.clear();
    String failed =
        "{\"name\":\"inngest/function.failed\",\"data\":{\"error\":{\"name\":\"E\",\"message\":"
            + "\"no\"},\"function_id\":\"app-fn\",\"run_id\":\"r\",\"event\":{\"name\":"
            + "\"test/event\",\"data\":{}}}}";
    app.call("fn-failure", Call.first().event(failed));
    assertThat(log).containsExactly("told", "commit");
  }

  @Test
  void theTransactionIsRolledBackWhateverGoesWrong() {
    for (String wrong : List.of("Error", "Exception", "a result that cannot be written")) {
      List<String> log = new ArrayList<>();
      FunctionDefinition function =
          FunctionDefinition.define("fn")
              .on("test/event")
              .handle(
                  (event, step) ->
                      step.run(
                          "one",
                          Double.class,
                          () ->
                              switch (wrong) {
                                case "Error" -> throw new StackOverflowError();
                                case "Exception" -> throw new IllegalStateException("no");
                                default -> Double.NaN;
                              }))
              .withMiddleware(new Transactions(logging(log)));
      App.of(function).call(Call.first());
      assertThat(log).as(wrong).containsExactly("rollback");
    }
  }

  private static Database logging(List<String> log) {
    return () ->
        new Transaction() {
          @Override
          public void commit() {
            log.add("commit");
          }

          @Override
          public void rollback() {
            log.add("rollback");
          }
        };
  }
}
