package dev.vibecoder.inngest.devserver.api;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.devserver.engine.AppTransport;
import dev.vibecoder.inngest.devserver.engine.Engine;
import dev.vibecoder.inngest.devserver.engine.EngineClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP side of the dev server: its API, its dashboard, and its calls of apps. */
public final class HttpApi {
  private static final int MAX_THREADS = 64;
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  private final HttpAppTransport transport = new HttpAppTransport();
  private final Server server;
  private final ServerConnector connector;
  private final AppClient client = new AppClient(transport.client());
  private SdkUrlPoller poller = new SdkUrlPoller(client, List.of(), SdkUrlPoller.Pace.USUAL);

  /**
   * An API that is not listening yet.
   *
   * @param host the address to listen on
   * @param port the port, 0 for any free one
   */
  public HttpApi(String host, int port) {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName("inngest-devserver");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(Duration.ofSeconds(60).toMillis());
    server.addConnector(connector);
  }

  /**
   * How apps are called.
   *
   * @return the transport for the engine
   */
  public AppTransport transport() {
    return transport;
  }

  /**
   * Starts to listen.
   *
   * @param engine does what is asked
   * @param clock the engine's time
   * @param random where ids of events come from
   * @param connectPort the port for workers, told to those who ask
   * @param sdkUrls apps that are asked to register themselves
   * @throws InngestException if the host is no address of this machine
   * @throws Exception if the port cannot be listened on
   */
  public void start(
      Engine engine, EngineClock clock, RandomGenerator random, int connectPort, List<URI> sdkUrls)
      throws Exception {
    requireOwnAddress(connector.getHost());
    Routes routes =
        new Routes(
            engine,
            clock,
            new EventIngest(random),
            client,
            new Routes.DevInfo(connectPort, sdkUrls.stream().map(URI::toString).toList()));
    Door door = new Door(connector.getHost());
    server.setHandler(new ApiHandler(door, routes, engine));
    server.start();
    poller = new SdkUrlPoller(client, sdkUrls, SdkUrlPoller.Pace.USUAL);
    poller.start();
  }

  private static void requireOwnAddress(String host) throws IOException {
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new InngestException(
          "The host \"" + host + "\" is not known. Give --host an address of this machine.", e);
    }
    boolean own =
        address.isAnyLocalAddress()
            || address.isLoopbackAddress()
            || NetworkInterface.getByInetAddress(address) != null;
    if (!own) {
      throw new InngestException(
          "The host \""
              + host
              + "\" is no address of this machine. Give --host one that is, or"
              + " 0.0.0.0 for all of them.");
    }
  }

  /**
   * The port it listens on.
   *
   * @return the port
   */
  public int port() {
    return connector.getLocalPort();
  }

  /**
   * Stops.
   *
   * @throws Exception if something could not be stopped
   */
  public void stop() throws Exception {
    poller.close();
    server.stop();
  }
}
