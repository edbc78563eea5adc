package dev.vibecoder.inngest.devserver;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.InngestPorts;
import dev.vibecoder.inngest.devserver.api.HttpApi;
import dev.vibecoder.inngest.devserver.engine.Engine;
import dev.vibecoder.inngest.devserver.engine.EngineClock;
import dev.vibecoder.inngest.devserver.engine.Journal;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Inngest-compatible server in this JVM, with a dashboard. It listens on loopback only unless
 * told otherwise, signs nothing, and keeps everything in memory. Safe for use by several threads.
 */
public final class DevServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DevServer.class);

  private final HttpApi api;
  private final Engine engine;

  private DevServer(HttpApi api, Engine engine) {
    this.api = api;
    this.engine = engine;
  }

  /**
   * Begins a server.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Where apps and clients reach it.
   *
   * @return for example {@code http://localhost:9288}
   */
  public URI url() {
    return URI.create("http://localhost:" + port());
  }

  /**
   * Where people look at it.
   *
   * @return for example {@code http://localhost:9288/dashboard}
   */
  public URI dashboardUrl() {
    return url().resolve("/dashboard");
  }

  /**
   * The port it listens on.
   *
   * @return the port, also when any free one was asked for
   */
  public int port() {
    return api.port();
  }

  /**
   * Why the server broke down, as when the memory is used up. It still listens, and answers with
   * 503 until it is closed.
   *
   * @return completes with what went wrong; never, if nothing does
   */
  public CompletionStage<Throwable> failure() {
    return engine.failure();
  }

  /** Stops; runs that are under way are lost. */
  @Override
  public void close() {
    try {
      api.stop();
    } catch (Exception e) {
      // The process ends or the test is over; what still ran was cut off.
      LOG.warn("The dev server did not stop cleanly: {}", e.toString());
    }
    engine.close();
  }

  /** Collects how to serve. Not safe for use by several threads. */
  public static final class Builder {
    private static final int DEFAULT_RETENTION = 10_000;

    private int port = InngestPorts.DEV_SERVER;
    private int connectPort = InngestPorts.CONNECT_GATEWAY;
    private String host = "127.0.0.1";
    private EngineClock clock = EngineClock.real();
    private @Nullable Duration retryInterval;
    private int retention = DEFAULT_RETENTION;
    private final List<URI> sdkUrls = new ArrayList<>();

    private Builder() {}

    /**
     * Sets the port of API and dashboard.
     *
     * @param newPort the port, 0 for any free one; 9288 if not set
     * @return this builder
     */
    public Builder port(int newPort) {
      this.port = newPort;
      return this;
    }

    /**
     * Sets the port of the gateway for workers. This version has no gateway: the number is only
     * told to those who ask.
     *
     * @param newPort the port; 9289 if not set
     * @return this builder
     */
    public Builder connectPort(int newPort) {
      this.connectPort = newPort;
      return this;
    }

    /**
     * Sets the address to listen on.
     *
     * @param newHost an address of this machine; {@code 127.0.0.1} if not set
     * @return this builder
     */
    public Builder host(String newHost) {
      this.host = Objects.requireNonNull(newHost, "host");
      return this;
    }

    /**
     * Adds an app that is asked to register itself.
     *
     * @param url where the app is served
     * @return this builder
     */
    public Builder sdkUrl(URI url) {
      this.sdkUrls.add(Objects.requireNonNull(url, "url"));
      return this;
    }

    /**
     * Sets the engine's time.
     *
     * @param newClock the clock; the real time if not set
     * @return this builder
     */
    public Builder clock(EngineClock newClock) {
      this.clock = Objects.requireNonNull(newClock, "clock");
      return this;
    }

    /**
     * Sets a fixed delay before retries instead of the real server's growing ones.
     *
     * @param interval the delay
     * @return this builder
     */
    public Builder retryInterval(Duration interval) {
      this.retryInterval = Objects.requireNonNull(interval, "interval");
      return this;
    }

    /**
     * Sets how many ended runs and events are remembered, the newest.
     *
     * @param runs how many; 10,000 if not set
     * @return this builder
     */
    public Builder retention(int runs) {
      this.retention = runs;
      return this;
    }

    /**
     * Starts the server.
     *
     * @return a server that listens
     * @throws InngestException if the port is in use, or the host is no address of this machine
     */
    public DevServer start() {
      HttpApi api = new HttpApi(host, port);
      SecureRandom random = new SecureRandom();
      Engine engine =
          new Engine(
              new Engine.Setup(
                  clock, api.transport(), Journal.none(), retryInterval, random, retention));
      try {
        api.start(engine, clock, random, connectPort, sdkUrls);
      } catch (Exception e) {
        throw problem(api, e);
      }
      engine.start();
      return new DevServer(api, engine);
    }

    private InngestException problem(HttpApi api, Exception e) {
      try {
        api.stop();
      } catch (Exception suppressed) {
        e.addSuppressed(suppressed);
      }
      if (e instanceof InngestException told) {
        return told;
      }
      return e instanceof IOException
          ? new InngestException(
              "Port "
                  + port
                  + " cannot be listened on, probably because it is in use. Set INNGEST_DEV_PORT to"
                  + " another port, or stop the program that holds it.",
              e)
          : new InngestException("The dev server did not start: " + e.getMessage(), e);
    }
  }
}
