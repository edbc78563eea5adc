package dev.vibecoder.inngest;

import dev.vibecoder.inngest.internal.config.Settings;
import dev.vibecoder.inngest.internal.config.WireText;
import java.net.URI;

/**
 * Where things are on this machine, from the ports in the environment.
 *
 * @param devServer base of the embedded server's API
 * @param dashboard its dashboard
 * @param connectGateway its gateway for workers
 * @param app where the standalone server serves the app
 */
public record InngestUrls(URI devServer, URI dashboard, URI connectGateway, URI app) {
  /**
   * Reads {@code INNGEST_DEV_PORT}, {@code INNGEST_CONNECT_PORT}, {@code INNGEST_APP_PORT} and
   * {@code INNGEST_SERVE_PATH} from system properties, the environment and {@code .env}; {@link
   * InngestPorts} and {@code /api/inngest} where they are unset.
   *
   * @return the URLs
   * @throws InngestException if a port or the path is none
   */
  public static InngestUrls fromEnvironment() {
    return from(Settings.ofProcess());
  }

  static InngestUrls from(Settings settings) {
    URI devServer =
        URI.create(
            "http://localhost:" + settings.port("INNGEST_DEV_PORT", InngestPorts.DEV_SERVER));
    return new InngestUrls(
        devServer,
        devServer.resolve("/dashboard"),
        URI.create(
            "ws://localhost:"
                + settings.port("INNGEST_CONNECT_PORT", InngestPorts.CONNECT_GATEWAY)
                + "/v0/connect"),
        URI.create(
            "http://localhost:"
                + settings.port("INNGEST_APP_PORT", InngestPorts.APP)
                + settings
                    .text("INNGEST_SERVE_PATH")
                    .map(path -> WireText.path("INNGEST_SERVE_PATH", path))
                    .orElse("/api/inngest")));
  }
}
