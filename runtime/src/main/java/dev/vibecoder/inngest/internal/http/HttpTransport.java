package dev.vibecoder.inngest.internal.http;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.protocol.SdkVersion;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The one HTTP client of this library: HTTP/1.1, connections are kept, its threads are daemons. It
 * follows no redirect, keeps no cookie, and goes through the proxy of the system's settings ({@code
 * https.proxyHost}). Safe for use by many threads.
 */
final class HttpTransport {
  private static final int MAX_THREADS = 16;
  private static final int MIN_THREADS = 2;
  private static final long CONNECT_MILLIS = 5_000;
  // Below the minute after which load balancers forget a connection without a word.
  private static final long IDLE_MILLIS = 50_000;

  private static final StartedOnce<HttpClient> SHARED =
      new StartedOnce<>("inngest-http-start", HttpTransport::start);

  private HttpTransport() {}

  /**
   * Sends a request.
   *
   * @return fails with what went wrong on the way, such as {@link ReplyTooLargeException}; when it
   *     is cancelled, the request is cut off
   */
  static CompletableFuture<HttpReply> send(HttpCall call) {
    CompletableFuture<HttpReply> reply = new CompletableFuture<>();
    Request request;
    try {
      request = request(call);
      request.send(new ReplyListener(call.maxReplyBytes(), reply));
    } catch (RuntimeException | Error notSent) {
      reply.completeExceptionally(notSent);
      return reply;
    }
    var unused = reply.exceptionally(failure -> cutOff(request, failure));
    return reply;
  }

  private static @Nullable HttpReply cutOff(Request request, Throwable failure) {
    if (failure instanceof CancellationException) {
      var unused = request.abort(failure);
    }
    return null;
  }

  private static Request request(HttpCall call) {
    HttpClient client = SHARED.get();
    SystemProxy.applyTo(client, call.url());
    Request request =
        client
            .newRequest(call.url())
            .method(call.method())
            .timeout(HttpCall.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
            .headers(headers -> call.headers().forEach(headers::put));
    byte[] body = call.body();
    // The type is among the headers.
    return body == null ? request : request.body(new BytesRequestContent((String) null, body));
  }

  private static HttpClient start() {
    HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(1));
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("inngest-http");
    threads.setDaemon(true);
    client.setExecutor(threads);
    client.setScheduler(new ScheduledExecutorScheduler("inngest-http-timer", true));
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setConnectTimeout(CONNECT_MILLIS);
    client.setAddressResolutionTimeout(CONNECT_MILLIS);
    client.setIdleTimeout(IDLE_MILLIS);
    client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, SdkVersion.HEADER));
    try {
      client.start();
    } catch (Exception e) {
      throw new InngestException("The HTTP client did not start: " + e.getMessage(), e);
    }
    // A compressed reply could be any number of times as long as it says.
    client.getContentDecoderFactories().clear();
    // One of them takes a 401 without a challenge for no answer at all.
    client.getProtocolHandlers().clear();
    return client;
  }
}
