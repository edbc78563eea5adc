package dev.vibecoder.inngest.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * Jetty and nothing else: reads the body, verifies the HMAC, parses it to a Jackson tree, answers.
 * {@code BareJetty <port> <signed>}.
 */
public final class BareJetty {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BareJetty() {}

  /** Serves until the process is told to stop. */
  public static void main(String[] arguments) throws Exception {
    boolean signed = Boolean.parseBoolean(arguments[1]);
    Server server = new Server();
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(arguments[0]));
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            ByteBuffer buffer = Content.Source.asByteBuffer(request);
            byte[] body = new byte[buffer.remaining()];
            buffer.get(body);
            String signature = request.getHeaders().get("X-Inngest-Signature");
            if (signed && (signature == null || !Signing.verifies(signature, body))) {
              response.setStatus(401);
              callback.succeeded();
              return true;
            }
            JsonNode tree = JSON.readTree(body);
            response.setStatus(206);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            response.write(true, ByteBuffer.wrap(BareAnswer.to(tree)), callback);
            return true;
          }
        });
    server.start();
  }
}
