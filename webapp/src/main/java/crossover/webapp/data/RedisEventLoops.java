package crossover.webapp.data;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Event loops that get connections in turn. Netty hands its loops out in turn to whoever asks, and
 * Redisson asks twice for each connection: of two loops, one would have all the connections.
 */
final class RedisEventLoops extends MultiThreadIoEventLoopGroup {
  private final List<EventLoop> loops = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  RedisEventLoops(int threads) {
    super(threads, new DefaultThreadFactory("redisson-netty"), NioIoHandler.newFactory());
    for (EventExecutor loop : this) {
      loops.add((EventLoop) loop);
    }
  }

  @Override
  public ChannelFuture register(Channel channel) {
    return loops.get(Math.floorMod(next.getAndIncrement(), loops.size())).register(channel);
  }

  /** Ends the threads, and waits until they have ended. */
  void stop() {
    shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
