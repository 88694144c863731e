package crossover.bench.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.experiment.LinkSpec;
import crossover.bench.load.Quiet;
import crossover.bench.stack.Echo;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The relay between real sockets. */
@Timeout(60)
@Tag("timed")
class LinkRelayIT {
  private static final int PATIENCE_MILLIS = 10_000;

  @Test
  void bytesKeepTheirOrderAndContentUnderJitter() throws Exception {
    byte[] sent = random(400_000);
    try (Echo echo = new Echo();
        LinkRelay relay = new LinkRelay(LinkSpec.parse("2ms±2ms"), echo.address());
        Socket client = connect(relay)) {
      CompletableFuture<byte[]> received =
          CompletableFuture.supplyAsync(() -> read(client, sent.length));
      for (int from = 0; from < sent.length; from += 400) {
        client.getOutputStream().write(sent, from, 400);
        if (from % 10_000 == 0) {
          Thread.sleep(1);
        }
      }
      assertThat(received.get()).isEqualTo(sent);
      assertThat(relay.figures().chunks()).as("chunks under way").isGreaterThan(20);
    }
  }

  @Test
  void aRoundTripTakesTheDelayOfBothDirections() throws Exception {
    try (Echo echo = new Echo();
        LinkRelay relay = new LinkRelay(LinkSpec.parse("5ms / 15ms"), echo.address());
        Socket client = connect(relay);
        Socket direct = new Socket(echo.address().getAddress(), echo.address().getPort())) {
      roundTrip(client, 1);
      Quiet.inOneOfSixAttempts(
          () -> {
            double without = medianRoundTripMillis(direct);
            double with = medianRoundTripMillis(client);
            assertThat(with).isGreaterThanOrEqualTo(20);
            return () -> assertThat(with - without).isGreaterThan(19).isLessThan(40);
          });
    }
  }

  @Test
  void connectingCostsOneMoreRoundTrip() throws Exception {
    try (Echo echo = new Echo();
        LinkRelay relay = new LinkRelay(LinkSpec.parse("20ms"), echo.address())) {
      Quiet.inOneOfSixAttempts(
          () -> {
            try (Socket client = connect(relay)) {
              double first = roundTrip(client, 1);
              double second = roundTrip(client, 1);
              return () -> assertThat(first / second).isBetween(1.5, 3.0);
            }
          });
    }
  }

  @Test
  void messagesSentAtOnceAreUnderWayAtOnce() throws Exception {
    try (Echo echo = new Echo();
        LinkRelay relay = new LinkRelay(LinkSpec.parse("25ms"), echo.address());
        Socket client = connect(relay)) {
      roundTrip(client, 1);
      double one = medianRoundTripMillis(client);
      Quiet.inOneOfSixAttempts(() -> sendHundred(relay, client, one));
    }
  }

  private static Runnable sendHundred(LinkRelay relay, Socket client, double one) throws Exception {
    byte[] sent = random(100);
    long chunks = relay.figures().chunks();
    CompletableFuture<byte[]> answers = CompletableFuture.supplyAsync(() -> read(client, 100));
    long start = System.nanoTime();
    for (byte each : sent) {
      client.getOutputStream().write(each);
      // Long enough for the relay to read each on its own, short beside the delay.
      Thread.sleep(0, 100_000);
    }
    byte[] received = answers.get();
    double hundred = (System.nanoTime() - start) / 1e6;
    long passed = relay.figures().chunks() - chunks;
    assertThat(received).isEqualTo(sent);
    return () -> {
      assertThat(passed).as("not one chunk").isGreaterThan(70);
      assertThat(hundred / one).as("serialised this would be 100").isLessThan(5);
    };
  }

  @Test
  void theBandwidthLimitsWhatPassesAndNotTheOtherDirection() throws Exception {
    try (Echo echo = new Echo();
        LinkRelay relay = new LinkRelay(LinkSpec.parse("0ms / 0ms 8Mbit"), echo.address());
        Socket slow = connect(relay);
        Socket direct = new Socket(echo.address().getAddress(), echo.address().getPort())) {
      roundTrip(slow, 1);
      Quiet.inOneOfSixAttempts(
          () -> {
            double without = roundTrip(direct, 300_000);
            double with = roundTrip(slow, 300_000);
            // 300 kB at 1 MB/s: the last chunk leaves 0.3 s after the first byte came.
            assertThat(with).isGreaterThan(299);
            return () -> assertThat(with - without).isLessThan(900);
          });
    }
  }

  @Test
  void theBandwidthIsSharedByAllConnections() throws Exception {
    try (Echo echo = new Echo();
        LinkRelay relay = new LinkRelay(LinkSpec.parse("0ms 8Mbit / 0ms"), echo.address());
        Socket one = connect(relay);
        Socket two = connect(relay)) {
      long start = System.nanoTime();
      CompletableFuture<Double> other =
          CompletableFuture.supplyAsync(() -> roundTrip(two, 150_000));
      roundTrip(one, 150_000);
      other.get();
      assertThat((System.nanoTime() - start) / 1e6).isGreaterThan(299);
    }
  }

  @Test
  void aHalfCloseIsPassedOnAndTheOtherDirectionStays() throws Exception {
    try (ServerSocket target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        LinkRelay relay = new LinkRelay(LinkSpec.parse("3ms / 1ms"), address(target));
        Socket client = connect(relay)) {
      client.getOutputStream().write(new byte[] {1, 2, 3});
      client.shutdownOutput();
      try (Socket server = target.accept()) {
        assertThat(server.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
        server.getOutputStream().write(new byte[] {4, 5});
        server.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes()).containsExactly(4, 5);
      }
      assertThat(forgotten(relay)).isTrue();
    }
  }

  @Test
  void aHalfCloseByTheServerIsPassedOnToo() throws Exception {
    try (ServerSocket target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        LinkRelay relay = new LinkRelay(LinkSpec.parse("1ms / 5ms"), address(target));
        Socket client = connect(relay);
        Socket server = target.accept()) {
      server.getOutputStream().write(7);
      server.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).containsExactly(7);
      client.getOutputStream().write(8);
      client.shutdownOutput();
      assertThat(server.getInputStream().readAllBytes()).containsExactly(8);
      assertThat(forgotten(relay)).isTrue();
    }
  }

  @Test
  void aResetByTheClientReachesTheServer() throws Exception {
    try (ServerSocket target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        LinkRelay relay = new LinkRelay(LinkSpec.parse("2ms"), address(target));
        Socket client = connect(relay);
        Socket server = target.accept()) {
      client.getOutputStream().write(1);
      assertThat(server.getInputStream().read()).isEqualTo(1);
      abort(client);
      assertReset(server);
      assertThat(forgotten(relay)).isTrue();
    }
  }

  @Test
  void aResetByTheServerReachesTheClientAfterWhatWasSentBefore() throws Exception {
    try (ServerSocket target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        LinkRelay relay = new LinkRelay(LinkSpec.parse("0ms / 30ms"), address(target));
        Socket client = connect(relay);
        Socket server = target.accept()) {
      client.getOutputStream().write(1);
      assertThat(server.getInputStream().read()).isEqualTo(1);
      server.getOutputStream().write(2);
      // The relay has to have read it: a reset destroys what is still in its kernel buffer.
      await(() -> relay.figures().bytes() == 2);
      abort(server);
      assertThat(client.getInputStream().read()).isEqualTo(2);
      assertReset(client);
    }
  }

  @Test
  void aTargetThatRefusesIsSeenAsAReset() throws Exception {
    InetSocketAddress nobody;
    try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      nobody = address(taken);
    }
    try (LinkRelay relay = new LinkRelay(LinkSpec.parse("1ms"), nobody);
        Socket client = connect(relay)) {
      assertReset(client);
    }
  }

  @Test
  void aReceiverThatDoesNotReadHoldsTheSenderAndLosesNothing() throws Exception {
    int total = 64 << 20;
    try (ServerSocket target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        LinkRelay relay = new LinkRelay(LinkSpec.parse("1ms"), address(target));
        SocketChannel client =
            SocketChannel.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), relay.port()));
        Socket server = target.accept()) {
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(
              () -> {
                ByteBuffer zeros = ByteBuffer.allocate(total);
                try {
                  while (zeros.hasRemaining()) {
                    client.write(zeros);
                  }
                  client.shutdownOutput();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      await(() -> relay.figures().bytes() > 0);
      long before = -1;
      for (long now = 0; now != before; now = relay.figures().bytes()) {
        before = now;
        Thread.sleep(300);
      }
      assertThat(before).isPositive().isLessThan(4L * LinkPipe.LONGEST_QUEUE_BYTES);
      assertThat(sender.isDone()).isFalse();
      long received = 0;
      byte[] buffer = new byte[1 << 16];
      for (int n = 0; n >= 0; n = server.getInputStream().read(buffer)) {
        received += n;
      }
      assertThat(received).isEqualTo(total);
      sender.get();
    }
  }

  @Test
  void aStallHoldsEverythingAndTheRestLosesNothing() throws Exception {
    try (Echo echo = new Echo();
        LinkRelay relay = new LinkRelay(LinkSpec.parse("1ms"), echo.address());
        Socket client = connect(relay)) {
      roundTrip(client, 1);
      relay.stall();
      client.getOutputStream().write(new byte[] {1, 2, 3});
      client.setSoTimeout(300);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      client.setSoTimeout(PATIENCE_MILLIS);
      relay.restore();
      assertThat(client.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aResetBreaksEveryConnectionAtBothEndsAndNewOnesWork() throws Exception {
    try (ServerSocket target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        LinkRelay relay = new LinkRelay(LinkSpec.parse("1ms"), address(target));
        Socket client = connect(relay);
        Socket server = target.accept()) {
      relay.reset();
      assertReset(client);
      assertReset(server);
      try (Socket next = connect(relay);
          Socket nextServer = target.accept()) {
        next.getOutputStream().write(9);
        assertThat(nextServer.getInputStream().read()).isEqualTo(9);
      }
    }
  }

  @Test
  void refusalTurnsNewConnectionsAwayKeepsTheOldAndIsRestored() throws Exception {
    try (Echo echo = new Echo();
        LinkRelay relay = new LinkRelay(LinkSpec.NONE, echo.address());
        Socket old = connect(relay)) {
      roundTrip(old, 10);
      relay.refuse();
      assertThatThrownBy(() -> connect(relay)).isInstanceOf(ConnectException.class);
      roundTrip(old, 10);
      relay.restore();
      try (Socket next = connect(relay)) {
        roundTrip(next, 10);
      }
    }
  }

  @Test
  void theDelayCanBeChangedWhileConnectionsStand() throws Exception {
    try (Echo echo = new Echo();
        LinkRelay relay = new LinkRelay(LinkSpec.parse("20ms"), echo.address());
        Socket client = connect(relay)) {
      roundTrip(client, 1);
      double slow = medianRoundTripMillis(client);
      relay.apply(LinkSpec.parse("1ms"));
      assertThat(slow / medianRoundTripMillis(client)).isGreaterThan(3);
    }
  }

  private static Socket connect(LinkRelay relay) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.port());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static InetSocketAddress address(ServerSocket socket) {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /** Sends so many random bytes and reads them back; the time in ms. */
  private static double roundTrip(Socket socket, int size) {
    byte[] message = random(size);
    long start = System.nanoTime();
    CompletableFuture<byte[]> answer =
        size < 10_000 ? null : CompletableFuture.supplyAsync(() -> read(socket, size));
    try {
      socket.getOutputStream().write(message);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    byte[] received = answer == null ? read(socket, size) : answer.join();
    double millis = (System.nanoTime() - start) / 1e6;
    assertThat(received).isEqualTo(message);
    return millis;
  }

  private static double medianRoundTripMillis(Socket socket) {
    double[] times = new double[15];
    for (int i = 0; i < times.length; i++) {
      times[i] = roundTrip(socket, 1);
    }
    Arrays.sort(times);
    return times[times.length / 2];
  }

  private static byte[] read(Socket socket, int size) {
    try {
      InputStream in = socket.getInputStream();
      return in.readNBytes(size);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertReset(Socket socket) {
    assertThatThrownBy(
            () -> {
              socket.setSoTimeout(PATIENCE_MILLIS);
              socket.getInputStream().read();
            })
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  /** Closes with a reset. */
  private static void abort(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static boolean forgotten(LinkRelay relay) throws InterruptedException {
    await(() -> relay.figures().connections() == 0);
    return relay.figures().connections() == 0;
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (!condition.holds() && System.nanoTime() < end) {
      Thread.sleep(5);
    }
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
