package crossover.bench.link;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.net.SocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A client's connection, the target's, and the two pipes between them. */
// What a write, a close or a timer comes to, Netty tells the handlers; its futures add nothing.
@SuppressWarnings("FutureReturnValueIgnored")
final class LinkConnection {
  private final LinkRelay relay;
  private final Channel client;
  private final Channel server;
  private final LinkPipe there;
  private final LinkPipe back;
  private boolean over;

  /** Both channels are registered with the event loop that runs this; the client's is connected. */
  LinkConnection(
      LinkRelay relay,
      Channel client,
      Channel server,
      LinkLane there,
      LinkLane back,
      SplittableRandom seeds) {
    this.relay = relay;
    this.client = client;
    this.server = server;
    this.there = new LinkPipe(relay, this, there, seeds.split(), client, server);
    this.back = new LinkPipe(relay, this, back, seeds.split(), server, client);
    client.pipeline().addLast(this.there);
    server.pipeline().addLast(this.back);
  }

  /**
   * Connects as a three-way handshake over the link would: the client's SYN takes one way, the
   * answer the other, and the bytes that follow it wait for both.
   */
  void connect(SocketAddress target, long thereNanos, long backNanos) {
    after(
        thereNanos,
        () ->
            server
                .connect(target)
                .addListener(
                    connected -> {
                      if (connected.isSuccess()) {
                        after(backNanos, there::open);
                        after(backNanos + thereNanos, back::open);
                      } else {
                        after(backNanos, this::reset);
                      }
                    }));
  }

  LinkPipe other(LinkPipe pipe) {
    return pipe == there ? back : there;
  }

  /** Whether both ends have been told that it is over. */
  boolean over() {
    return over;
  }

  /** Lets go what a stall held. */
  void release() {
    there.release();
    back.release();
  }

  /** Passes on a half-close; the second one closes. */
  void finish(Channel to) {
    if (there.finished() && back.finished()) {
      close();
    } else if (to.isActive()) {
      ((SocketChannel) to).shutdownOutput();
    }
  }

  /** Closes both ends with a reset rather than a FIN. */
  void reset() {
    for (Channel end : new Channel[] {client, server}) {
      if (end.isOpen()) {
        end.config().setOption(ChannelOption.SO_LINGER, 0);
      }
    }
    close();
  }

  private void close() {
    over = true;
    there.drop();
    back.drop();
    client.close();
    server.close();
    relay.forget(this);
  }

  private void after(long nanos, Runnable step) {
    if (nanos == 0) {
      step.run();
    } else {
      client.eventLoop().schedule(step, nanos, TimeUnit.NANOSECONDS);
    }
  }
}
