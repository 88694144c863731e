package crossover.bench.link;

import crossover.bench.experiment.LinkSpec;
import crossover.bench.stack.Tools;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The relay of a simulated link: one event loop that listens on the loopback interface and carries
 * every connection to the target and back by a {@link LinkSpec}.
 *
 * <p>Connecting costs a round trip, as on a real link: the target hears of a connection one delay
 * after the client asked for it, and the client's first bytes leave one round trip after that
 * asking. What cannot be simulated from here is the client's view: the kernel confirms its {@code
 * connect} at once, so that the round trip shows in its first answer instead.
 */
// What a write, a close or a timer comes to, Netty tells the handlers; its futures add nothing.
@SuppressWarnings("FutureReturnValueIgnored")
final class LinkRelay implements LinkControl, AutoCloseable {
  private static final boolean EPOLL = Epoll.isAvailable();
  private static final int BACKLOG = 4096;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final InetSocketAddress target;
  private final LinkLane there;
  private final LinkLane back;
  private final SplittableRandom seeds;
  private final InetSocketAddress address;
  private Channel listener;

  // What follows belongs to the event loop.
  private final Set<LinkConnection> connections = new HashSet<>();
  private final Histogram lateness = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
  private boolean stalled;
  private long chunks;
  private long bytes;

  /**
   * Listens on a free port of the loopback interface.
   *
   * @throws IOException if it cannot
   */
  LinkRelay(LinkSpec spec, InetSocketAddress target) throws IOException {
    this.target = target;
    there = new LinkLane(spec.there());
    back = new LinkLane(spec.back());
    seeds = new SplittableRandom(spec.seed());
    onLoop(this::sharpenTimers);
    try {
      listener =
          listen(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
    } catch (IOException e) {
      close();
      throw e;
    }
    address = (InetSocketAddress) listener.localAddress();
  }

  @Override
  public int port() {
    return address.getPort();
  }

  @Override
  public void apply(LinkSpec spec) {
    onLoop(
        () -> {
          there.apply(spec.there());
          back.apply(spec.back());
        });
  }

  @Override
  public void stall() {
    onLoop(() -> stalled = true);
  }

  @Override
  public void reset() {
    onLoop(() -> Set.copyOf(connections).forEach(LinkConnection::reset));
  }

  @Override
  public void refuse() {
    listener.close().awaitUninterruptibly();
  }

  @Override
  public void restore() throws IOException {
    if (!listener.isOpen()) {
      listener = listen(address);
    }
    onLoop(
        () -> {
          stalled = false;
          Set.copyOf(connections).forEach(LinkConnection::release);
        });
  }

  @Override
  public LinkFigures figures() {
    LinkFigures[] figures = new LinkFigures[1];
    onLoop(
        () -> {
          figures[0] =
              new LinkFigures(
                  connections.size(), chunks, bytes, lateness.getValueAtPercentile(99) / 1e3);
          lateness.reset();
        });
    return figures[0];
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  boolean stalled() {
    return stalled;
  }

  void count(int read) {
    chunks++;
    bytes += read;
  }

  void late(long nanos) {
    lateness.recordValue(Math.min(nanos, lateness.getHighestTrackableValue()));
  }

  void forget(LinkConnection connection) {
    connections.remove(connection);
  }

  /**
   * Asks Linux not to defer this thread's timers, which it does by 50 µs to save power, and to run
   * it before others, since a real link does not wait for a processor. The first needs no
   * privilege, the second does; what is refused, or is not Linux, stays as it is.
   */
  private void sharpenTimers() {
    try {
      Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName();
      Files.writeString(Path.of("/proc").resolve(thread).resolve("timerslack_ns"), "1");
      Tools.succeeds(List.of("chrt", "--fifo", "--pid", "1", thread.toString()));
    } catch (IOException notHere) {
      // The figures will tell.
    }
  }

  private void accept(Channel client) {
    Channel server =
        new Bootstrap()
            .group(loop)
            .channel(EPOLL ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, watermark())
            .handler(new ChannelInboundHandlerAdapter())
            .register()
            .channel();
    LinkConnection connection = new LinkConnection(this, client, server, there, back, seeds);
    connections.add(connection);
    connection.connect(target, there.delayNanos(), back.delayNanos());
  }

  private Channel listen(InetSocketAddress at) throws IOException {
    Class<? extends ServerChannel> type =
        EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    ChannelFuture bound =
        new ServerBootstrap()
            .group(group)
            .channel(type)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, watermark())
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel client) {
                    accept(client);
                  }
                })
            .bind(at)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("the link cannot listen on " + at + ": " + bound.cause().getMessage());
    }
    return bound.channel();
  }

  private static WriteBufferWaterMark watermark() {
    return new WriteBufferWaterMark(LinkPipe.LONGEST_QUEUE_BYTES / 2, LinkPipe.LONGEST_QUEUE_BYTES);
  }

  private void onLoop(Runnable step) {
    loop.submit(step).syncUninterruptibly();
  }
}
