package dev.vibecoder.inngest.server;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.serve.ServeHandler;
import dev.vibecoder.inngest.spi.Dependencies;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
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
 * virtual threads where the JVM has them, else on a bounded pool. Safe for use by many threads.
 */
public final class InngestServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InngestServer.class);
  private static final String FRAMEWORK = "jetty";
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  private final Server jetty;
  private final ServerConnector connector;
  private final AutoSync sync;
  private final URI url;

  private InngestServer(Server jetty, ServerConnector connector, AutoSync sync, URI url) {
    this.jetty = jetty;
    this.connector = connector;
    this.sync = sync;
    this.url = url;
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
   * Where the functions are served.
   *
   * @return for example {@code http://localhost:3001/api/inngest}
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
    return connector.getLocalPort();
  }

  /**
   * Waits until the server has registered the app.
   *
   * @param atMost how long to wait
   * @return whether it is registered
   */
  public boolean awaitRegistered(Duration atMost) {
    return sync.await(atMost);
  }

  /** Takes no more calls, lets those that run finish for up to 30 seconds, and stops. */
  @Override
  public void close() {
    sync.close();
    try {
      jetty.stop();
    } catch (Exception e) {
      // What still ran was cut off; the Inngest server will call it again.
      LOG.warn("The server did not stop cleanly: {}", e.toString());
    }
  }

  /** Collects how to serve. Not safe for use by several threads. */
  public static final class Builder {
    private static final int DEFAULT_MAX_BODY_BYTES = 16 * 1024 * 1024;
    private static final int MAX_THREADS = 200;

    private @Nullable Inngest client;
    private @Nullable FunctionRegistry functions;
    private Dependencies dependencies = Dependencies.none();
    private @Nullable Integer port;
    private String host = "127.0.0.1";
    private int maxBodyBytes = DEFAULT_MAX_BODY_BYTES;
    private Duration bodyTimeout = Duration.ofSeconds(30);
    private Duration stopTimeout = Duration.ofSeconds(30);
    private @Nullable Boolean autoSync;

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
     * @param newPort the port, 0 for any free one; {@code INNGEST_APP_PORT} or 3001 if not set
     * @return this builder
     */
    public Builder port(int newPort) {
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
     * @param bytes number of bytes; 16 MiB if not set. The server keeps its own requests below 8
     *     MiB
     * @return this builder
     */
    public Builder maxBodyBytes(int bytes) {
      this.maxBodyBytes = bytes;
      return this;
    }

    /**
     * Sets how long a client may take to send a body.
     *
     * @param timeout the time; 30 seconds if not set
     * @return this builder
     */
    public Builder bodyTimeout(Duration timeout) {
      this.bodyTimeout = Objects.requireNonNull(timeout, "timeout");
      return this;
    }

    /**
     * Sets how long calls that run may take to finish when the server is closed.
     *
     * @param timeout the time; 30 seconds if not set
     * @return this builder
     */
    public Builder stopTimeout(Duration timeout) {
      this.stopTimeout = Objects.requireNonNull(timeout, "timeout");
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
     * @throws InngestException if the port is in use, or no functions are found
     */
    public InngestServer start() {
      Inngest present = client == null ? Inngest.getDefault() : client;
      InngestOptions options = present.options();
      FunctionRegistry registry =
          functions == null ? FunctionRegistry.discover(dependencies) : functions;
      int wanted = port == null ? options.appPort() : port;
      ServeHandler handler = ServeHandler.of(present, registry, FRAMEWORK, Clock.systemUTC());

      QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
      threads.setName("inngest");
      threads.setDaemon(false);
      threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
      Server jetty = new Server(threads);
      jetty.setStopTimeout(stopTimeout.toMillis());
      ServerConnector connector = connector(jetty, host, wanted);
      jetty.addConnector(connector);
      jetty.setHandler(
          new GracefulHandler(
              new AppHandler(
                  handler,
                  options.servePath().orElse("/api/inngest"),
                  registry.all().size(),
                  new BodyReader(maxBodyBytes, bodyTimeout))));
      start(jetty, wanted);
      URI url =
          URI.create(
              "http://localhost:"
                  + connector.getLocalPort()
                  + options.servePath().orElse("/api/inngest"));
      boolean enabled =
          autoSync == null
              ? options.serverConfigured() || options.serveOrigin().isPresent()
              : autoSync;
      URI publicUrl =
          options
              .serveOrigin()
              .map(origin -> URI.create(origin + options.servePath().orElse("/api/inngest")))
              .orElse(url);
      AutoSync sync = AutoSync.start(handler, publicUrl, options, enabled);
      LOG.info(
          "Serving {} functions of app \"{}\" at {}", registry.all().size(), options.appId(), url);
      return new InngestServer(jetty, connector, sync, url);
    }

    private static ServerConnector connector(Server jetty, String host, int port) {
      HttpConfiguration http = new HttpConfiguration();
      http.setSendServerVersion(false);
      http.setSendDateHeader(false);
      http.setRequestHeaderSize(MAX_HEADER_BYTES);
      ServerConnector connector = new ServerConnector(jetty, 1, 1, new HttpConnectionFactory(http));
      connector.setHost(host);
      connector.setPort(port);
      connector.setIdleTimeout(Duration.ofSeconds(60).toMillis());
      return connector;
    }

    private static void start(Server jetty, int port) {
      try {
        jetty.start();
      } catch (Exception e) {
        try {
          jetty.stop();
        } catch (Exception suppressed) {
          e.addSuppressed(suppressed);
        }
        if (e instanceof IOException) {
          throw new InngestException(
              "Port "
                  + port
                  + " cannot be listened on, probably because it is in use. Set INNGEST_APP_PORT to"
                  + " another port, or stop the program that holds it.",
              e);
        }
        throw new InngestException("The server did not start: " + e.getMessage(), e);
      }
    }
  }
}
