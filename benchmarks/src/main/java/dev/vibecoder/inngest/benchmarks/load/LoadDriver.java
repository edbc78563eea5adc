package dev.vibecoder.inngest.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays the Inngest server: so many connections, each with one call under way, on one thread.
 * Everything that is not answered with the expected status ends the measurement.
 */
final class LoadDriver implements AutoCloseable {
  private static final int READ_BUFFER = 64 * 1024;

  private final Selector selector;
  private final List<Connection> connections = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BUFFER);
  private byte[] message = new byte[0];
  private int expected;
  private long answered;
  private long deadline;

  LoadDriver(int port, int count) throws IOException {
    selector = Selector.open();
    for (int i = 0; i < count; i++) {
      connections.add(new Connection(port));
    }
  }

  /** Calls for some time and says how many answers came in a second. */
  double run(byte[] call, int status, Duration time) throws IOException {
    message = call;
    expected = status;
    answered = 0;
    long start = System.nanoTime();
    deadline = start + time.toNanos();
    for (Connection connection : connections) {
      connection.send();
    }
    while (connections.stream().anyMatch(connection -> connection.waiting)) {
      selector.select(30_000);
      if (System.nanoTime() > deadline + 30_000_000_000L) {
        throw new IOException("No answer for 30 seconds");
      }
      var keys = selector.selectedKeys();
      for (SelectionKey key : keys) {
        ((Connection) key.attachment()).ready(key);
      }
      keys.clear();
    }
    return answered * 1e9 / (System.nanoTime() - start);
  }

  /** How many answers came in the last run. */
  long answered() {
    return answered;
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.channel.close();
    }
    selector.close();
  }

  private final class Connection {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ResponseReader response = new ResponseReader();
    private ByteBuffer out = ByteBuffer.allocate(0);
    private boolean waiting;

    Connection(int port) throws IOException {
      channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    void send() throws IOException {
      out = ByteBuffer.wrap(message);
      waiting = true;
      response.reset();
      write();
    }

    void ready(SelectionKey selected) throws IOException {
      if (selected.isWritable()) {
        write();
      }
      if (selected.isReadable()) {
        read();
      }
    }

    private void write() throws IOException {
      channel.write(out);
      key.interestOps(
          out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    private void read() throws IOException {
      buffer.clear();
      if (channel.read(buffer) < 0) {
        throw new IOException("The server closed a connection");
      }
      buffer.flip();
      if (!response.take(buffer)) {
        return;
      }
      if (response.status() != expected) {
        throw new IOException("Not " + expected + ":\n" + response.text());
      }
      answered++;
      if (System.nanoTime() < deadline) {
        send();
      } else {
        waiting = false;
      }
    }
  }
}
