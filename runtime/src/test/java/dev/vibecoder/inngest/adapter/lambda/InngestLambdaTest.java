package dev.vibecoder.inngest.adapter.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.protocol.RequestSignature;
import dev.vibecoder.inngest.protocol.SigningKey;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.StubApi;
import dev.vibecoder.inngest.support.Trees;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of API Gateway and of function URLs, payload version 2.0. */
class InngestLambdaTest {
  private static final String KEY = "signkey-test-" + "0123456789abcdef".repeat(4);

  private final StubApi api = StubApi.accepting();

  @AfterEach
  void stop() {
    api.close();
  }

  private InngestLambda lambda(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(variables);
    all.put("INNGEST_APP_ID", "app");
    all.put("INNGEST_BASE_URL", api.url().toString());
    FunctionDefinition function =
        FunctionDefinition.define("fn")
            .on("test/event")
            .handle((event, step) -> "got " + event.data().path("t").asText());
    return InngestLambda.of(
        Inngest.of(InngestOptions.builder().variables(all).build()),
        FunctionRegistry.of(List.of(function)));
  }

  private static ObjectNode event(String file) {
    try (InputStream stream =
        Objects.requireNonNull(InngestLambdaTest.class.getResourceAsStream("/lambda/" + file))) {
      return (ObjectNode) Trees.parse(stream.readAllBytes());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode handle(InngestLambda lambda, JsonNode event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      lambda.handleRequest(
          new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)),
          out,
          new NoContext());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Trees.parse(out.toByteArray());
  }

  private static byte[] body() {
    return Call.first().event("{\"name\":\"test/event\",\"data\":{\"t\":\"Гуру\"}}").body();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void callsAFunctionHoweverTheBodyIsWritten(boolean base64) {
    ObjectNode event = event("function-url-v2.json");
    event.put("isBase64Encoded", base64);
    event.put(
        "body",
        base64
            ? Base64.getEncoder().encodeToString(body())
            : new String(body(), StandardCharsets.UTF_8));
    ((ObjectNode) event.get("headers"))
        .put(
            "x-inngest-signature",
            RequestSignature.sign(body(), SigningKey.parse(KEY), Instant.now()));
    JsonNode answer = handle(lambda(Map.of("INNGEST_SIGNING_KEY", KEY)), event);
    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    assertThat(answer.path("body").asText()).isEqualTo("\"got Гуру\"");
    assertThat(answer.path("isBase64Encoded").asBoolean()).isFalse();
    assertThat(answer.at("/headers/X-Inngest-Framework").asText()).isEqualTo("lambda");
    assertThat(
            RequestSignature.verify(
                answer.at("/headers/X-Inngest-Signature").asText(),
                answer.path("body").asText().getBytes(StandardCharsets.UTF_8),
                List.of(SigningKey.parse(KEY)),
                Instant.now()))
        .isPresent();
  }

  @Test
  void withoutASignatureNothingIsTold() {
    JsonNode answer =
        handle(lambda(Map.of("INNGEST_SIGNING_KEY", KEY)), event("function-url-v2.json"));
    assertThat(answer.path("statusCode").asInt()).isEqualTo(401);
    assertThat(answer.path("body").asText()).isEqualTo("{\"message\":\"Unauthorized\"}");
    assertThat(answer.path("headers").has("X-Inngest-Sdk")).isFalse();
  }

  @Test
  void introspection() {
    JsonNode answer = handle(lambda(Map.of("INNGEST_DEV", "1")), event("api-gateway-v2.json"));
    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    assertThat(Trees.parse(answer.path("body").asText()).path("function_count").asInt())
        .isEqualTo(1);
  }

  @Test
  void registersWithTheStageInTheUrl() {
    ObjectNode event = event("api-gateway-v2.json");
    event.put("rawQueryString", "deployId=d1");
    ((ObjectNode) event.at("/requestContext/http")).put("method", "PUT");
    JsonNode answer = handle(lambda(Map.of("INNGEST_DEV", "1")), event);
    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    assertThat(api.only().json().path("url").asText())
        .isEqualTo("https://r3pmxmplak.execute-api.us-east-2.amazonaws.com/prod/api/inngest");
    assertThat(api.only().uri().getQuery()).isEqualTo("deployId=d1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a|b", "%zz"})
  void aMalformedQueryFindsNothing(String query) {
    ObjectNode event = event("function-url-v2.json");
    event.put("rawQueryString", query);
    JsonNode answer = handle(lambda(Map.of("INNGEST_DEV", "1")), event);
    assertThat(answer.path("statusCode").asInt()).isEqualTo(500);
    assertThat(answer.path("body").asText()).contains("No function id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a|b", "100%", "%zz", "{x}", "a b", "\u0414", "%41", "[]"})
  void whatIsNotEncodedInAQueryLosesNoOtherParameter(String value) {
    ObjectNode event = event("function-url-v2.json");
    event.put("rawQueryString", "fnId=app-fn&token=" + value + "&stepId=step");
    event.put("isBase64Encoded", false);
    event.put("body", new String(body(), StandardCharsets.UTF_8));
    JsonNode answer = handle(lambda(Map.of("INNGEST_DEV", "1")), event);
    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    assertThat(answer.path("body").asText()).isEqualTo("\"got Гуру\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"version\":\"1.0\",\"httpMethod\":\"GET\",\"path\":\"/api/inngest\",\"headers\":{}}",
        "{\"Records\":[]}",
        "{}",
        "5"
      })
  void anEventOfAnotherKindIsAnErrorThatSaysWhatToDo(String event) {
    InngestLambda lambda = lambda(Map.of("INNGEST_DEV", "1"));
    assertThatThrownBy(() -> handle(lambda, Trees.parse(event)))
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("payload version 2.0");
  }

  @Test
  void aBodyThatIsNoBase64IsAnError() {
    ObjectNode event = event("function-url-v2.json");
    event.put("isBase64Encoded", true).put("body", "{}");
    InngestLambda lambda = lambda(Map.of("INNGEST_DEV", "1"));
    assertThatThrownBy(() -> handle(lambda, event))
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("Base64");
  }

  /** Nothing of it is used. */
  private static final class NoContext implements Context {
    @Override
    public String getAwsRequestId() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getLogGroupName() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getLogStreamName() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getFunctionName() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getFunctionVersion() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getInvokedFunctionArn() {
      throw new UnsupportedOperationException();
    }

    @Override
    public CognitoIdentity getIdentity() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ClientContext getClientContext() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int getRemainingTimeInMillis() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int getMemoryLimitInMB() {
      throw new UnsupportedOperationException();
    }

    @Override
    public LambdaLogger getLogger() {
      throw new UnsupportedOperationException();
    }
  }
}
