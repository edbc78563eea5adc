package dev.vibecoder.inngest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Which TCP ports of this machine's loopback address are free. */
public final class Ports {
  private static final int HIGHEST = 65_535;

  private Ports() {}

  /**
   * Tells whether a server could listen on a port now.
   *
   * @param port 1 to 65535
   * @return false if something listens there already
   */
  public static boolean isAvailable(int port) {
    requirePort(port);
    try (ServerSocket socket = new ServerSocket()) {
      // Otherwise a port whose last connections are still closing would count as taken.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException taken) {
      return false;
    }
    return true;
  }

  /**
   * The first port that is free, from a given one upwards.
   *
   * @param from where to begin, 1 to 65535
   * @return a port that was free a moment ago
   * @throws IllegalStateException if none is
   */
  public static int nextAvailable(int from) {
    for (int port = requirePort(from); port <= HIGHEST; port++) {
      if (isAvailable(port)) {
        return port;
      }
    }
    throw new IllegalStateException("No port from " + from + " to " + HIGHEST + " is free.");
  }

  private static int requirePort(int port) {
    if (port < 1 || port > HIGHEST) {
      throw new IllegalArgumentException(port + " is no port; ports are 1 to " + HIGHEST + ".");
    }
    return port;
  }
}
