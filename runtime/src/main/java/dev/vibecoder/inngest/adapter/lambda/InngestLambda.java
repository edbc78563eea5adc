package dev.vibecoder.inngest.adapter.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.serve.ServeHandler;
import dev.vibecoder.inngest.serve.ServeRequest;
import dev.vibecoder.inngest.serve.ServeResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Serves an app as an AWS Lambda function behind a function URL or an HTTP API of API Gateway, with
 * payloads of version 2.0.
 *
 * <p>Lambda needs a class with a public constructor without parameters:
 *
 * <pre>{@code
 * public final class App implements RequestStreamHandler {
 *   private final InngestLambda inngest = InngestLambda.of(client, functions);
 *
 *   public void handleRequest(InputStream in, OutputStream out, Context context)
 *       throws IOException {
 *     inngest.handleRequest(in, out, context);
 *   }
 * }
 * }</pre>
 *
 * <p>Functions run on the calling thread; their time is bounded by Lambda's. Answers come in one
 * piece, whatever {@code INNGEST_STREAMING} says. The URL of an API with named stages is found with
 * the stage in it. Safe for use by many threads.
 */
public final class InngestLambda implements RequestStreamHandler {
  private static final String FRAMEWORK = "lambda";
  // Lambda itself takes no more than 6 MB.
  private static final int MAX_EVENT_BYTES = 16 * 1024 * 1024;

  // Beside letters and digits: RFC 3986, section 3.4.
  private static final String LEGAL_IN_QUERY = "-._~!$&'()*+,;=:@/?";

  private final ServeHandler handler;

  private InngestLambda(ServeHandler handler) {
    this.handler = Objects.requireNonNull(handler, "handler");
  }

  /**
   * Serves functions.
   *
   * @param client the app's client, whose options hold
   * @param functions the app's functions
   * @return the Lambda function
   */
  public static InngestLambda of(Inngest client, FunctionRegistry functions) {
    return of(ServeHandler.of(client, functions, FRAMEWORK, Clock.systemUTC()));
  }

  /**
   * Serves what a handler answers.
   *
   * @param handler the handler
   * @return the Lambda function
   */
  public static InngestLambda of(ServeHandler handler) {
    return new InngestLambda(handler);
  }

  /**
   * Answers an event of API Gateway.
   *
   * @param input the event, a JSON object of payload version 2.0
   * @param output where the answer is written
   * @param context not used
   * @throws IOException if a stream fails
   * @throws InngestException if the event is of another kind, such as payload version 1.0
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    byte[] event = input.readNBytes(MAX_EVENT_BYTES);
    output.write(Json.encode(answer(Json.tree(event, 0, event.length))));
    output.flush();
  }

  private Map<String, Object> answer(JsonNode event) {
    ServeResponse response = handler.handle(request(event));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("statusCode", response.status());
    answer.put("headers", response.headers());
    answer.put("body", new String(response.body(), StandardCharsets.UTF_8));
    answer.put("isBase64Encoded", false);
    return answer;
  }

  private static ServeRequest request(JsonNode event) {
    JsonNode http = event.at("/requestContext/http");
    if (!http.path("method").isTextual()) {
      throw new InngestException(
          "This is no event of a function URL or an HTTP API with payload version 2.0. Choose that"
              + " version for the route's integration.");
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    event
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    return new ServeRequest(
        http.path("method").asText(), url(event, headers), headers, body(event));
  }

  private static URI url(JsonNode event, Map<String, String> headers) {
    String host =
        headers.getOrDefault("Host", event.at("/requestContext/domainName").asText("localhost"));
    String scheme = headers.getOrDefault("X-Forwarded-Proto", "https");
    String path = event.path("rawPath").asText("/");
    String query = legal(event.path("rawQueryString").asText(""));
    try {
      return new URI(scheme + "://" + host + path + (query.isEmpty() ? "" : "?" + query));
    } catch (URISyntaxException malformed) {
      // Without query and host: it will not be found, and nobody is led elsewhere.
      return URI.create("/");
    }
  }

  /** Encodes what a client should have encoded: no parameter must be lost for it. */
  private static String legal(String query) {
    StringBuilder legal = new StringBuilder(query.length());
    byte[] octets = query.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < octets.length; i++) {
      char character = (char) (octets[i] & 0xff);
      boolean good =
          character == '%'
              ? i + 2 < octets.length && isHex(octets[i + 1]) && isHex(octets[i + 2])
              : isLetterOrDigit(character) || LEGAL_IN_QUERY.indexOf(character) >= 0;
      if (good) {
        legal.append(character);
      } else {
        legal.append(String.format("%%%02X", (int) character));
      }
    }
    return legal.toString();
  }

  private static boolean isHex(byte octet) {
    return octet >= 0 && Character.digit((char) octet, 16) >= 0;
  }

  private static boolean isLetterOrDigit(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9');
  }

  private static byte[] body(JsonNode event) {
    String body = event.path("body").asText("");
    if (!event.path("isBase64Encoded").asBoolean()) {
      return body.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException malformed) {
      throw new InngestException("The body of the event is not Base64, as it says.", malformed);
    }
  }
}
