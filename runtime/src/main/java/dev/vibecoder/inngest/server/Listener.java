package dev.vibecoder.inngest.server;

import dev.vibecoder.inngest.InngestException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.Locale;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Where the server listens, or why it cannot.
 *
 * @param connector its socket
 */
record Listener(ServerConnector connector) {
  /**
   * Takes the port; requests wait in it until the server is started.
   *
   * @throws InngestException if that is not possible
   */
  void open() {
    InetAddress address = address(connector.getHost());
    try {
      connector.open();
    } catch (IOException e) {
      throw new InngestException(problem(address, e), e);
    }
  }

  int port() {
    return connector.getLocalPort();
  }

  /** How a client on this machine, or the network the address is of, reaches it. */
  URI url(String path) {
    return URI.create("http://" + host() + ":" + port() + path);
  }

  private String host() {
    InetAddress address = bound();
    if (address.isAnyLocalAddress() || isUsualLoopback(address)) {
      return "localhost";
    }
    String text = address.getHostAddress();
    return address instanceof Inet6Address ? "[" + text + "]" : text;
  }

  private InetAddress bound() {
    if (connector.getTransport() instanceof ServerSocketChannel channel) {
      try {
        if (channel.getLocalAddress() instanceof InetSocketAddress socket) {
          return socket.getAddress();
        }
      } catch (IOException e) {
        throw new InngestException("The server no longer listens", e);
      }
    }
    throw new InngestException("The server does not listen");
  }

  /** What {@code localhost} stands for; a whole /8 is loopback, but nobody else listens there. */
  private static boolean isUsualLoopback(InetAddress address) {
    return address.equals(InetAddress.getLoopbackAddress())
        || address.getHostAddress().equals("127.0.0.1")
        || address.getHostAddress().equals("0:0:0:0:0:0:0:1");
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new InngestException(
          "The host \""
              + host
              + "\" is not known. Give InngestServer.builder().host(...) an address of this"
              + " machine.",
          e);
    }
  }

  private String problem(InetAddress address, IOException failure) {
    if (!isOfThisMachine(address)) {
      return "\""
          + connector.getHost()
          + "\" is not an address of this machine. Give InngestServer.builder().host(...) one that"
          + " is, or 0.0.0.0 for all.";
    }
    String cause = String.valueOf(rootMessage(failure));
    return "Port "
        + connector.getPort()
        + " cannot be listened on"
        + (cause.toLowerCase(Locale.ROOT).contains("in use")
            ? ", because it is in use. Set INNGEST_APP_PORT to another port, or stop the program"
                + " that holds it."
            : " (" + cause + "). Set INNGEST_APP_PORT to another port.");
  }

  private static boolean isOfThisMachine(InetAddress address) {
    try {
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      return true;
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
