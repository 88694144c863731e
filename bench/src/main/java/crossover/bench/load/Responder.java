package crossover.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Answers every request with the same few bytes, in one thread, on the loopback interface: as
 * little as a server can do. For measuring the generator's own limit, and nothing else: it takes
 * the end of a header for the end of a request, so it serves no request with a body.
 */
final class Responder implements AutoCloseable {
  static final String ADDRESS = "127.0.0.1";

  /** The host of a slice whose engines send each to one of their own. */
  static final String BESIDE = "(responder)";

  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
          .getBytes(StandardCharsets.US_ASCII);

  private static final int BODY = "ok".length();

  /** How TLS begins, followed by a 3. */
  private static final byte HANDSHAKE = 0x16;

  private final Selector selector = Selector.open();
  private final ServerSocketChannel server = ServerSocketChannel.open();
  private final ByteBuffer received = ByteBuffer.allocate(8192);
  private final Thread thread = new Thread(this::serve, "responder");

  private Responder() throws IOException {
    // Not getLoopbackAddress(): with java.net.preferIPv6Addresses it is ::1.
    server.bind(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 5_000);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  static Responder start() throws IOException {
    Responder responder = new Responder();
    responder.thread.setDaemon(true);
    responder.thread.start();
    return responder;
  }

  int port() {
    return server.socket().getLocalPort();
  }

  /** CPU time of its thread. */
  double cpuSeconds() {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()) / 1e9;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  private void serve() {
    try {
      while (selector.isOpen()) {
        selector.select(this::handle);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (java.nio.channels.ClosedSelectorException e) {
      // closed while selecting: done
    }
  }

  private void handle(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        SocketChannel client = server.accept();
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        client.configureBlocking(false);
        client.register(selector, SelectionKey.OP_READ);
      } else {
        answer((SocketChannel) key.channel());
      }
    } catch (IOException e) {
      key.cancel();
    }
  }

  private void answer(SocketChannel client) throws IOException {
    received.clear();
    int n = client.read(received);
    if (n < 0) {
      client.close();
    } else if (received.get(0) == HANDSHAKE && received.get(1) == 3) {
      client.close(); // or else a plan that speaks TLS would wait for it
    } else if (endsHeader(n)) {
      client.write(ByteBuffer.wrap(ANSWER, 0, ANSWER.length - (received.get(0) == 'H' ? BODY : 0)));
    }
  }

  private boolean endsHeader(int n) {
    for (int i = 3; i < n; i++) {
      if (received.get(i) == '\n' && received.get(i - 1) == '\r' && received.get(i - 2) == '\n') {
        return true;
      }
    }
    return false;
  }
}
