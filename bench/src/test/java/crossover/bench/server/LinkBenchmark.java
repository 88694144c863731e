package crossover.bench.server;

import crossover.bench.experiment.LinkSpec;
import crossover.bench.stack.Echo;
import crossover.bench.stack.Watchdog;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * What the link costs and how punctual it is, printed as the tables of docs/link.md.
 *
 * <p>Punctuality: messages that carry the time of their sending, one way over 50 connections, 5,000
 * a second in all; directly and over the link in turns, a second each, so that both meet the same
 * machine. Cost: messages back and forth, one under way on each of 64 connections, divided by the
 * link's own CPU time.
 */
final class LinkBenchmark {
  private static final int CONNECTIONS = 50;
  private static final int RATE = 5_000;
  private static final int MESSAGE_BYTES = 64;
  private static final int ROUNDS = 10;

  private LinkBenchmark() {}

  /** Takes nothing, or the number of a core to pin the link to. */
  public static void main(String[] args) throws Exception {
    List<Integer> cores = Arrays.stream(args).map(Integer::valueOf).toList();
    System.out.println("| asked | direct p50 | direct p99 | added p50 | added p99 | late p99 |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    for (String spec : List.of("0ms", "1ms", "5ms", "20ms", "100ms")) {
      punctuality(LinkSpec.parse(spec), cores);
    }
    System.out.println();
    System.out.println("| delay | messages/s | link CPU | messages per second of CPU |");
    System.out.println("| --- | --- | --- | --- |");
    for (String spec : List.of("0ms", "1ms")) {
      cost(LinkSpec.parse(spec), cores);
    }
  }

  private record Slice(
      double direct50, double direct99, double over50, double over99, double late) {}

  /**
   * Times in µs; "added" is what the link took beyond the delay asked, and beyond direct's median.
   */
  private static void punctuality(LinkSpec spec, List<Integer> cores) throws Exception {
    double asked = spec.there().delay().toNanos() / 1e3;
    List<Slice> slices = new ArrayList<>();
    try (Sink sink = new Sink();
        Watchdog watchdog = Watchdog.open();
        Link link = Link.open(spec, sink.host(), sink.port(), null, cores, watchdog);
        Source direct = new Source(sink.port());
        Source over = new Source(link.localPort())) {
      for (int round = -2; round < ROUNDS; round++) {
        Histogram without = sink.measure(direct, Duration.ofSeconds(1));
        link.relay().figures();
        Histogram with = sink.measure(over, Duration.ofSeconds(1));
        if (round >= 0) {
          double floor = without.getValueAtPercentile(50) / 1e3;
          slices.add(
              new Slice(
                  floor,
                  without.getValueAtPercentile(99) / 1e3,
                  with.getValueAtPercentile(50) / 1e3 - asked - floor,
                  with.getValueAtPercentile(99) / 1e3
                      - asked
                      - without.getValueAtPercentile(99) / 1e3,
                  link.relay().figures().lateP99Micros()));
        }
      }
    }
    System.out.printf(
        "| %s | %.0f µs | %.0f µs | %.0f µs | %.0f µs | %.0f µs |%n",
        spec,
        median(slices, Slice::direct50),
        median(slices, Slice::direct99),
        median(slices, Slice::over50),
        median(slices, Slice::over99),
        median(slices, Slice::late));
  }

  private static double median(List<Slice> slices, ToDoubleFunction<Slice> figure) {
    double[] values = slices.stream().mapToDouble(figure).sorted().toArray();
    return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
  }

  private static void cost(LinkSpec spec, List<Integer> cores) throws Exception {
    try (Echo echo = new Echo();
        Watchdog watchdog = Watchdog.open();
        Link link = Link.open(spec, "127.0.0.1", echo.address().getPort(), null, cores, watchdog)) {
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        Thread client = new Thread(() -> pingPong(link.localPort()), "client-" + i);
        client.setDaemon(true);
        client.start();
        clients.add(client);
      }
      Thread.sleep(3_000);
      long chunks = link.relay().figures().chunks();
      Duration cpu = cpu(link);
      long start = System.nanoTime();
      Thread.sleep(10_000);
      double passed = link.relay().figures().chunks() - chunks;
      double seconds = (System.nanoTime() - start) / 1e9;
      double used = cpu(link).minus(cpu).toNanos() / 1e9;
      System.out.printf(
          "| %s | %.0f | %.0f %% of a core | %.0f |%n",
          spec, passed / seconds, 100 * used / seconds, passed / used);
      clients.forEach(Thread::interrupt);
    }
  }

  private static Duration cpu(Link link) {
    return ProcessHandle.of(link.pid()).orElseThrow().info().totalCpuDuration().orElseThrow();
  }

  private static void pingPong(int port) {
    byte[] message = new byte[MESSAGE_BYTES];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (!Thread.currentThread().isInterrupted()) {
        socket.getOutputStream().write(message);
        in.readFully(message);
      }
    } catch (IOException theLinkWasClosed) {
      // The measurement is over.
    }
  }

  /** Sends the time, again and again. */
  private static final class Source implements AutoCloseable {
    private final List<SocketChannel> channels = new ArrayList<>();

    Source(int port) throws IOException {
      for (int i = 0; i < CONNECTIONS; i++) {
        SocketChannel channel =
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channels.add(channel);
      }
    }

    void send(Duration time) throws IOException {
      long interval = 1_000_000_000L / RATE;
      long start = System.nanoTime();
      ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
      for (int i = 0; i * interval < time.toNanos(); i++) {
        for (long wait = interval; wait > 0; wait = start + i * interval - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        message.clear().putLong(0, System.nanoTime());
        channels.get(i % CONNECTIONS).write(message);
      }
    }

    @Override
    public void close() throws IOException {
      for (SocketChannel channel : channels) {
        channel.close();
      }
    }
  }

  /** Reads the times sent and compares them with its clock, which is the sender's. */
  private static final class Sink implements AutoCloseable {
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final Selector selector = Selector.open();
    private volatile Histogram histogram = new Histogram(3);

    Sink() throws IOException {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
      listener.configureBlocking(false);
      listener.register(selector, SelectionKey.OP_ACCEPT);
      Thread thread = new Thread(this::run, "sink");
      thread.setDaemon(true);
      thread.start();
    }

    String host() {
      return InetAddress.getLoopbackAddress().getHostAddress();
    }

    int port() {
      return listener.socket().getLocalPort();
    }

    Histogram measure(Source source, Duration time) throws Exception {
      Histogram mine = new Histogram(3);
      histogram = mine;
      source.send(time);
      Thread.sleep(300);
      histogram = new Histogram(3);
      return mine;
    }

    private void run() {
      ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
      try {
        while (selector.isOpen()) {
          selector.select(key -> take(key, buffer));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void take(SelectionKey key, ByteBuffer buffer) {
      try {
        if (key.isAcceptable()) {
          SocketChannel channel = listener.accept();
          channel.configureBlocking(false);
          channel.register(selector, SelectionKey.OP_READ);
          return;
        }
        buffer.clear();
        if (((SocketChannel) key.channel()).read(buffer) < 0) {
          key.channel().close();
          return;
        }
        long now = System.nanoTime();
        for (int at = 0; at + MESSAGE_BYTES <= buffer.position(); at += MESSAGE_BYTES) {
          histogram.recordValue(Math.max(0, now - buffer.getLong(at)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      selector.close();
      listener.close();
    }
  }
}
