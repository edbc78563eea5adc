package dev.vibecoder.inngest.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;

/**
 * Netty and nothing else: reads the body, verifies the HMAC, parses it to a Jackson tree, answers
 * on the event loop. {@code BareNetty <port> <signed>}.
 */
public final class BareNetty {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BODY = 8 * 1024 * 1024;

  private BareNetty() {}

  /** Serves until the process is told to stop. */
  public static void main(String[] arguments) throws InterruptedException {
    boolean signed = Boolean.parseBoolean(arguments[1]);
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    new ServerBootstrap()
        .group(loop)
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel
                    .pipeline()
                    .addLast(new HttpServerCodec())
                    .addLast(new HttpObjectAggregator(MAX_BODY))
                    .addLast(new Calls(signed));
              }
            })
        .bind("127.0.0.1", Integer.parseInt(arguments[0]))
        .sync();
  }

  private static final class Calls extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final boolean signed;

    Calls(boolean signed) {
      this.signed = signed;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request)
        throws IOException {
      byte[] body = ByteBufUtil.getBytes(request.content());
      String signature = request.headers().get("X-Inngest-Signature");
      boolean good = !signed || (signature != null && Signing.verifies(signature, body));
      byte[] answer;
      if (good) {
        JsonNode tree = JSON.readTree(body);
        answer = BareAnswer.to(tree);
      } else {
        answer = new byte[0];
      }
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              good ? HttpResponseStatus.PARTIAL_CONTENT : HttpResponseStatus.UNAUTHORIZED,
              Unpooled.wrappedBuffer(answer));
      response
          .headers()
          .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
          .setInt(HttpHeaderNames.CONTENT_LENGTH, answer.length);
      context.writeAndFlush(response);
    }
  }
}
