package dev.vibecoder.inngest.internal.http;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin;

/** Has a client go through the proxy that the system's settings name for a server. */
final class SystemProxy {
  private static final Set<String> ASKED = ConcurrentHashMap.newKeySet();

  private SystemProxy() {}

  /** Asks the settings once for each server. */
  static void applyTo(HttpClient client, URI url) {
    String address = url.getHost() + ":" + port(url);
    ProxySelector selector = ProxySelector.getDefault();
    if (selector == null || !ASKED.add(address)) {
      return;
    }
    for (Proxy proxy : selector.select(url)) {
      if (proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress at) {
        HttpProxy through =
            new HttpProxy(new Origin.Address(at.getHostString(), at.getPort()), false);
        through.getIncludedAddresses().add(address);
        client.getProxyConfiguration().addProxy(through);
        return;
      }
    }
  }

  private static int port(URI url) {
    return url.getPort() > 0 ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
  }
}
