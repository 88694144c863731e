package crossover.bench.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * One direction of one connection: stamps what arrives with the time at which it may leave, and
 * lets it leave then, in order. Nothing waits for anything but its own stamp and what came before
 * it, so that any number of messages is under way at once.
 */
// What a write, a close or a timer comes to, Netty tells the handlers; its futures add nothing.
@SuppressWarnings("FutureReturnValueIgnored")
final class LinkPipe extends ChannelInboundHandlerAdapter {
  /**
   * Bytes under way in one direction of one connection before reading stops: about the largest
   * window that a TCP of today opens.
   */
  static final int LONGEST_QUEUE_BYTES = 8 << 20;

  /** How a direction ends; queued behind the bytes that came before. */
  private enum Ending {
    FIN,
    RESET
  }

  private record Held(Object what, long due) {}

  private final LinkRelay relay;
  private final LinkConnection connection;
  private final LinkLane lane;
  private final SplittableRandom jitter;
  private final Channel in;
  private final Channel out;
  private final ArrayDeque<Held> queue = new ArrayDeque<>();
  private long heldBytes;
  private long lastDue = System.nanoTime();
  private boolean open;
  private boolean timed;
  private boolean unflushed;
  private boolean ended;
  private boolean finished;

  LinkPipe(
      LinkRelay relay,
      LinkConnection connection,
      LinkLane lane,
      SplittableRandom jitter,
      Channel in,
      Channel out) {
    this.relay = relay;
    this.connection = connection;
    this.lane = lane;
    this.jitter = jitter;
    this.in = in;
    this.out = out;
  }

  /** Starts to read; until then the sender's bytes wait in the kernel. */
  void open() {
    open = true;
    regulate();
  }

  /** Whether the last byte and the FIN behind it have left. */
  boolean finished() {
    return finished;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    relay.count(bytes.readableBytes());
    pass(bytes, bytes.readableBytes());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    flush();
    regulate();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      ended = true;
      pass(Ending.FIN, 0);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A socket that fails has been reset, or will never again carry anything: the same to its peer.
    in.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!connection.over()) {
      pass(Ending.RESET, 0);
    }
  }

  /** The channel that this pipe reads from is the one that the other direction writes to. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    connection.other(this).regulate();
  }

  /** Lets go what is due, and comes back for the rest. */
  void release() {
    if (relay.stalled()) {
      return;
    }
    long now = System.nanoTime();
    while (!queue.isEmpty() && queue.peek().due - now <= 0) {
      Held first = queue.poll();
      relay.late(now - first.due);
      deliver(first.what);
    }
    flush();
    regulate();
    schedule(now);
  }

  /** Forgets what is under way. */
  void drop() {
    queue.forEach(held -> ReferenceCountUtil.release(held.what));
    queue.clear();
    heldBytes = 0;
  }

  private void pass(Object what, int bytes) {
    long now = System.nanoTime();
    long due = lane.due(now, bytes, jitter);
    if (due - lastDue < 0) {
      due = lastDue;
    }
    lastDue = due;
    heldBytes += bytes;
    if (queue.isEmpty() && due - now <= 0 && !relay.stalled()) {
      deliver(what);
    } else {
      queue.add(new Held(what, due));
      schedule(now);
    }
  }

  private void schedule(long now) {
    if (timed || queue.isEmpty()) {
      return;
    }
    timed = true;
    in.eventLoop()
        .schedule(
            () -> {
              timed = false;
              release();
            },
            Math.max(0, queue.peek().due - now),
            TimeUnit.NANOSECONDS);
  }

  private void deliver(Object what) {
    if (what instanceof ByteBuf bytes) {
      heldBytes -= bytes.readableBytes();
      out.write(bytes, out.voidPromise());
      unflushed = true;
    } else if (what == Ending.FIN) {
      // Shutting the output down would throw away what is written and not yet sent: wait for that.
      out.writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(
              sent -> {
                finished = true;
                connection.finish(out);
              });
    } else {
      connection.reset();
    }
  }

  private void flush() {
    if (unflushed) {
      unflushed = false;
      out.flush();
    }
  }

  /** Reads as long as there is room; after the end, epoll fails when it is asked to read on. */
  private void regulate() {
    if (ended || !in.isActive()) {
      return;
    }
    long congested = lane.congestedNanos(System.nanoTime());
    in.config()
        .setAutoRead(
            open && heldBytes <= LONGEST_QUEUE_BYTES && out.isWritable() && congested == 0);
    if (congested > 0) {
      in.eventLoop().schedule(this::regulate, congested, TimeUnit.NANOSECONDS);
    }
  }
}
