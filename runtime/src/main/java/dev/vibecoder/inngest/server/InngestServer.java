package dev.vibecoder.inngest.server;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.protocol.RequestSignature;
import dev.vibecoder.inngest.protocol.SigningKey;
import dev.vibecoder.inngest.serve.ServeHandler;
import dev.vibecoder.inngest.spi.Dependencies;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.component.Graceful;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves an app over HTTP: its functions at {@code /api/inngest} and its state at {@code /health},
 * by default on {@code 127.0.0.1:3001}.
 *
 * <p>Against a development or self-hosted server the app registers itself when it starts; a server
 * that cannot be reached is tried again until it can, and reported once. Calls are executed on
 * virtual threads where the JVM has them, else on a bounded pool, in which calls that find no place
 * wait and {@code /health} is always answered. When the JVM is told to stop, the server closes
 * itself. Safe for use by many threads.
 */
public final class InngestServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InngestServer.class);

  private static final Duration CUT_OFF_TIME = Duration.ofMillis(500);

  private final Server jetty;
  private final AutoSync sync;
  private final CallGate gate;
  private final URI url;
  private final int port;
  private final @Nullable Thread shutdownHook;

  private InngestServer(
      Server jetty, AutoSync sync, CallGate gate, URI url, int port, boolean withHook) {
    this.jetty = jetty;
    this.sync = sync;
    this.gate = gate;
    this.url = url;
    this.port = port;
    this.shutdownHook = withHook ? new Thread(this::stop, "inngest-stop") : null;
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
   * Where the functions are served, from the address that is listened on.
   *
   * @return for example {@code http://localhost:3001/api/inngest}, with {@code localhost} where it
   *     listens on that or on all addresses
   */
  public URI url() {
    return url;
  }

  /**
   * The port it listens on.
   *
   * @return the port, also when any free one was asked for
   */
  public int port() {
    return port;
  }

  /**
   * Waits until the app has registered itself.
   *
   * @param atMost how long to wait
   * @return whether it has; false at once if it does not register itself or the server is closed,
   *     and false, with its flag set again, if the thread is interrupted
   */
  public boolean awaitRegistered(Duration atMost) {
    return sync.await(atMost);
  }

  /**
   * Takes no more calls, lets those that run finish for up to the {@linkplain Builder#stopTimeout
   * stop time}, interrupts what is left, naming it in the log, and stops. Closing again does
   * nothing.
   */
  @Override
  public void close() {
    if (shutdownHook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(shutdownHook);
      } catch (IllegalStateException shuttingDown) {
        // It runs already, and stops the server as well.
      }
    }
    stop();
  }

  private void register() {
    if (shutdownHook != null) {
      try {
        Runtime.getRuntime().addShutdownHook(shutdownHook);
      } catch (IllegalStateException shuttingDown) {
        stop();
        throw new InngestException("The JVM is stopping, so no server starts.", shuttingDown);
      }
    }
  }

  private void stop() {
    sync.close();
    if (jetty.isStopped()) {
      return;
    }
    boolean interrupted = false;
    try {
      Graceful.shutdown(jetty).get(jetty.getStopTimeout(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException left) {
      cutOff();
    } catch (InterruptedException e) {
      interrupted = true;
      cutOff();
    }
    try {
      jetty.stop();
    } catch (Exception e) {
      LOG.debug("The server did not stop cleanly", e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Jetty interrupts no virtual thread, and does not tell what it cuts off. */
  private void cutOff() {
    CallGate.CutOff cut = gate.cutOff();
    if (!cut.running().isEmpty()) {
      LOG.warn(
          "Calls were still running when the server stopped: {}, and {} waited. They were cut off;"
              + " the Inngest server will make them again. {}",
          cut.running().size(),
          cut.waiting(),
          String.join("; ", cut.running()));
    }
    // What ends now is answered still.
    jetty.setStopTimeout(CUT_OFF_TIME.toMillis());
  }

  /** Collects how to serve. Not safe for use by several threads. */
  public static final class Builder {
    private static final String FRAMEWORK = "jetty";
    private static final String DEFAULT_PATH = "/api/inngest";
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int DEFAULT_MAX_BODY_BYTES = 8 * 1024 * 1024;
    private static final int DEFAULT_CALLS = 200;
    private static final int MAX_WAITING_CALLS = 1_000;
    private static final long MAX_WAITING_BYTES = 64L * 1024 * 1024;
    // For sockets, bodies, the health check and what is turned away.
    private static final int RESERVED_THREADS = 16;
    private static final int LEAST_THREADS = 8;
    private static final Duration IDLE_THREAD_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration BETWEEN_BLANKS = Duration.ofSeconds(3);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
    // A connection over which nothing comes must not hold up the stop.
    private static final Duration STOPPING_IDLE_TIMEOUT = Duration.ofMillis(100);

    private @Nullable Inngest client;
    private @Nullable FunctionRegistry functions;
    private Dependencies dependencies = Dependencies.none();
    private @Nullable Integer port;
    private String host = "127.0.0.1";
    private int maxBodyBytes = DEFAULT_MAX_BODY_BYTES;
    private Duration bodyTimeout = Duration.ofSeconds(30);
    private Duration stopTimeout = Duration.ofSeconds(30);
    private @Nullable Boolean autoSync;
    private @Nullable Integer concurrentCalls;
    private int maxWaitingCalls = MAX_WAITING_CALLS;
    private long maxWaitingBytes = MAX_WAITING_BYTES;
    private Duration idleTimeout = IDLE_TIMEOUT;
    private Duration betweenBlanks = BETWEEN_BLANKS;
    private boolean shutdownHook = true;

    private Builder() {}

    /**
     * Sets the app's client.
     *
     * @param newClient the client; {@link Inngest#getDefault()} if not set
     * @return this builder
     */
    public Builder client(Inngest newClient) {
      this.client = Objects.requireNonNull(newClient, "client");
      return this;
    }

    /**
     * Sets the functions.
     *
     * @param definitions the functions; all generated ones on the class path if not set
     * @return this builder
     */
    public Builder functions(Collection<FunctionDefinition> definitions) {
      this.functions = FunctionRegistry.of(definitions);
      return this;
    }

    /**
     * Sets where generated functions get their constructors' parameters from.
     *
     * @param newDependencies looks them up; by default nothing can be
     * @return this builder
     */
    public Builder dependencies(Dependencies newDependencies) {
      this.dependencies = Objects.requireNonNull(newDependencies, "dependencies");
      return this;
    }

    /**
     * Sets the port.
     *
     * @param newPort the port, 0 for any free one; that of the options ({@code INNGEST_APP_PORT} or
     *     3001) if not set
     * @return this builder
     * @throws IllegalArgumentException if it is not 0 to 65535
     */
    public Builder port(int newPort) {
      if (newPort < 0 || newPort > 65_535) {
        throw new IllegalArgumentException(
            newPort + " is no port; ports are 1 to 65535, or 0 for any free one.");
      }
      this.port = newPort;
      return this;
    }

    /**
     * Sets the address to listen on.
     *
     * @param newHost an address of this machine, {@code 0.0.0.0} for all; {@code 127.0.0.1} if not
     *     set
     * @return this builder
     */
    public Builder host(String newHost) {
      this.host = Objects.requireNonNull(newHost, "host");
      return this;
    }

    /**
     * Sets the largest body that is taken.
     *
     * @param bytes number of bytes; 8 MiB if not set. The server leaves the state of a run out of
     *     requests over 4 MiB, and the app fetches it
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder maxBodyBytes(int bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("A body of at most " + bytes + " bytes calls nothing");
      }
      this.maxBodyBytes = bytes;
      return this;
    }

    /**
     * Sets how long a client may take to send a body, and the headers before it.
     *
     * @param timeout the time; 30 seconds if not set
     * @return this builder
     * @throws IllegalArgumentException if it is less than a millisecond
     */
    public Builder bodyTimeout(Duration timeout) {
      this.bodyTimeout = positive(timeout);
      return this;
    }

    /**
     * Sets how long calls that run may take to finish when the server is closed.
     *
     * @param timeout the time; 30 seconds if not set
     * @return this builder
     * @throws IllegalArgumentException if it is less than a millisecond
     */
    public Builder stopTimeout(Duration timeout) {
      this.stopTimeout = positive(timeout);
      return this;
    }

    /**
     * Sets how many calls run at once. Further ones wait, first come first served and without a
     * thread.
     *
     * @param calls 1 or more; if not set any number on virtual threads, and 200 on a JVM without
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder concurrentCalls(int calls) {
      if (calls < 1) {
        throw new IllegalArgumentException("At least one call must run at once, not " + calls);
      }
      this.concurrentCalls = calls;
      return this;
    }

    /**
     * Sets how many calls wait for one that runs to end. What comes beyond that is answered with
     * 503, and the Inngest server tries again. Each keeps its body in memory; see {@link
     * #maxWaitingBytes}. Only calls that are signed where that is required wait.
     *
     * @param calls 0 or more; 1,000 if not set
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder maxWaitingCalls(int calls) {
      if (calls < 0) {
        throw new IllegalArgumentException("There are no " + calls + " calls to wait");
      }
      this.maxWaitingCalls = calls;
      return this;
    }

    /**
     * Sets how large the bodies of the calls that wait may be together. What comes beyond that is
     * answered with 503, and the Inngest server tries again.
     *
     * @param bytes number of bytes, 0 or more; 64 MiB if not set
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder maxWaitingBytes(long bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException("Bodies do not have " + bytes + " bytes");
      }
      this.maxWaitingBytes = bytes;
      return this;
    }

    private static Duration positive(Duration timeout) {
      if (timeout.toMillis() < 1) {
        throw new IllegalArgumentException("A time is at least a millisecond, not " + timeout);
      }
      return timeout;
    }

    /** Sets how long a connection may be idle; for tests. */
    Builder idleTimeout(Duration timeout) {
      this.idleTimeout = timeout;
      return this;
    }

    /** Sets how often a streamed answer says that it goes on; for tests. */
    Builder betweenBlanks(Duration time) {
      this.betweenBlanks = time;
      return this;
    }

    /**
     * Sets whether the server closes itself when the JVM is told to stop ({@code SIGTERM}, Ctrl+C),
     * so that calls that run can finish.
     *
     * @param enabled true if not set; false where something else closes it
     * @return this builder
     */
    public Builder shutdownHook(boolean enabled) {
      this.shutdownHook = enabled;
      return this;
    }

    /**
     * Sets whether the app registers itself.
     *
     * @param enabled by default true in dev mode, with a self-hosted server, and where the serve
     *     origin is set
     * @return this builder
     */
    public Builder autoSync(boolean enabled) {
      this.autoSync = enabled;
      return this;
    }

    /**
     * Starts the server.
     *
     * @return a server that listens
     * @throws InngestException if the address or the port cannot be listened on, or no functions
     *     are found
     */
    public InngestServer start() {
      Inngest present = client == null ? Inngest.getDefault() : client;
      InngestOptions options = present.options();
      loadWhatTheFirstCallNeeds(options);
      FunctionRegistry registry =
          functions == null ? FunctionRegistry.discover(dependencies) : functions;
      String path = options.servePath().orElse(DEFAULT_PATH);
      ServeHandler handler =
          ServeHandler.of(present, registry, FRAMEWORK, Clock.systemUTC()).streaming();

      Executor virtual = VirtualThreads.getDefaultVirtualThreadsExecutor();
      int calls =
          concurrentCalls != null
              ? concurrentCalls
              : virtual == null ? DEFAULT_CALLS : Integer.MAX_VALUE;
      Server jetty = new Server(threads(virtual, calls));
      jetty.setStopTimeout(stopTimeout.toMillis());
      jetty.setErrorHandler(new JsonErrors());
      Listener listener = listener(jetty, port == null ? options.appPort() : port);
      listener.open();
      URI url = listener.url(path);
      URI publicUrl = options.serveOrigin().map(origin -> URI.create(origin + path)).orElse(url);
      boolean syncs =
          autoSync == null
              ? options.serverConfigured() || options.serveOrigin().isPresent()
              : autoSync;
      // An app that is registered elsewhere is reached by another URL than this server knows.
      ServeHandler served = syncs ? handler.servedAt(publicUrl) : handler;
      CallGate gate =
          new CallGate(
              calls,
              maxWaitingCalls,
              maxWaitingBytes,
              virtual == null ? jetty.getThreadPool() : virtual);
      jetty.setHandler(
          new GracefulHandler(
              new AppHandler(
                  served,
                  path,
                  registry.all().size(),
                  maxBodyBytes,
                  new BodyReader(bodyTimeout, maxArrivingBytes()),
                  gate,
                  betweenBlanks)));
      start(jetty);
      LOG.info(
          "Serving {} functions of app \"{}\" at {}", registry.all().size(), options.appId(), url);
      AutoSync sync =
          syncs
              ? AutoSync.start(
                  () -> served.register(publicUrl),
                  "app \"" + options.appId() + "\" with " + options.apiUrl(),
                  AutoSync.Pace.of(options.dev()))
              : AutoSync.none();
      InngestServer server =
          new InngestServer(jetty, sync, gate, url, listener.port(), shutdownHook);
      server.register();
      return server;
    }

    /** Beside the start of the server: on two cores the first call is answered that much sooner. */
    private static void loadWhatTheFirstCallNeeds(InngestOptions options) {
      Thread loader =
          new Thread(
              () -> {
                Json.mapper();
                for (SigningKey key : options.signingKeys()) {
                  RequestSignature.sign(new byte[0], key, Instant.EPOCH);
                }
              },
              "inngest-start");
      loader.setDaemon(true);
      loader.start();
    }

    private long maxArrivingBytes() {
      return Math.max(maxBodyBytes, Runtime.getRuntime().maxMemory() / 8);
    }

    private static QueuedThreadPool threads(@Nullable Executor virtual, int calls) {
      int most = virtual == null ? calls + RESERVED_THREADS : DEFAULT_CALLS + RESERVED_THREADS;
      // Jetty's own queue starts all of JMX, to learn how long a line of the cache is.
      QueuedThreadPool threads =
          new QueuedThreadPool(
              most,
              Math.min(LEAST_THREADS, most),
              (int) IDLE_THREAD_TIMEOUT.toMillis(),
              new LinkedBlockingQueue<>());
      threads.setName("inngest");
      threads.setDaemon(false);
      threads.setVirtualThreadsExecutor(virtual);
      return threads;
    }

    private Listener listener(Server jetty, int number) {
      HttpConfiguration http = new HttpConfiguration();
      http.setSendServerVersion(false);
      http.setSendDateHeader(false);
      http.setRequestHeaderSize(MAX_HEADER_BYTES);
      ServerConnector connector = new ServerConnector(jetty, 1, 1, new HttpConnectionFactory(http));
      connector.setHost(host);
      connector.setPort(number);
      connector.setIdleTimeout(idleTimeout.toMillis());
      connector.setShutdownIdleTimeout(STOPPING_IDLE_TIMEOUT.toMillis());
      connector.addBean(new SlowHeaders(connector.getScheduler(), bodyTimeout));
      jetty.addConnector(connector);
      return new Listener(connector);
    }

    private static void start(Server jetty) {
      try {
        jetty.start();
      } catch (Exception e) {
        try {
          jetty.stop();
        } catch (Exception suppressed) {
          e.addSuppressed(suppressed);
        }
        throw new InngestException("The server did not start: " + e.getMessage(), e);
      }
    }
  }
}
