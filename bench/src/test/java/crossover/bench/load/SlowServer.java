package crossover.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * A server whose every answer, and when it is sent, a test decides. Its one thread never sleeps:
 * the time that a thread takes to wake up, a tenth of a millisecond here, is no part of a known
 * delay.
 */
final class SlowServer implements AutoCloseable {
  private final ServerSocketChannel server = ServerSocketChannel.open();
  private final Selector selector = Selector.open();
  private final PriorityQueue<Answer> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Answer::due));
  private final ByteBuffer received = ByteBuffer.allocate(8192);
  private final LongUnaryOperator due;
  private final UnaryOperator<String> answer;
  private final Thread thread = new Thread(this::serve, "slow server");

  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final AtomicInteger mostConnections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();

  private record Answer(long due, SocketChannel client, ByteBuffer bytes) {}

  /**
   * Starts a server.
   *
   * @param due from the nanoTime of a request's arrival to that of its answer
   * @param answer from a request's first line to the whole answer
   */
  SlowServer(LongUnaryOperator due, UnaryOperator<String> answer) throws IOException {
    this.due = due;
    this.answer = answer;
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
    thread.setDaemon(true);
    thread.start();
  }

  /** Answers "ok". */
  SlowServer(LongUnaryOperator due) throws IOException {
    this(due, request -> answer("200 OK", "ok"));
  }

  static String answer(String status, String body) {
    return "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body);
  }

  String port() {
    return Integer.toString(server.socket().getLocalPort());
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  /** All that were read. */
  int requests() {
    return requests.get();
  }

  /** The most requests that waited for their answers at one moment. */
  int mostAtOnce() {
    return mostAtOnce.get();
  }

  /** The most that were open at one moment. */
  int mostConnections() {
    return mostConnections.get();
  }

  private void serve() {
    try (server;
        selector) {
      while (!Thread.currentThread().isInterrupted()) {
        selector.selectNow(this::handle);
        while (!waiting.isEmpty() && waiting.peek().due() <= System.nanoTime()) {
          Answer next = waiting.poll();
          write(next);
        }
        Thread.onSpinWait();
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Answer next) {
    try {
      next.client().write(next.bytes());
    } catch (IOException e) {
      // the client went away
    }
  }

  private void handle(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        SocketChannel client = server.accept();
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        client.configureBlocking(false);
        client.register(selector, SelectionKey.OP_READ);
        mostConnections.accumulateAndGet(selector.keys().size() - 1, Math::max);
      } else {
        read((SocketChannel) key.channel());
      }
    } catch (IOException e) {
      key.cancel();
    }
  }

  private void read(SocketChannel client) throws IOException {
    long arrival = System.nanoTime();
    received.clear();
    if (client.read(received) < 0) {
      client.close();
      return;
    }
    String request =
        new String(received.array(), 0, received.position(), StandardCharsets.US_ASCII);
    byte[] bytes =
        answer
            .apply(request.substring(0, request.indexOf('\r')))
            .getBytes(StandardCharsets.US_ASCII);
    waiting.add(new Answer(due.applyAsLong(arrival), client, ByteBuffer.wrap(bytes)));
    requests.incrementAndGet();
    mostAtOnce.accumulateAndGet(waiting.size(), Math::max);
  }
}
