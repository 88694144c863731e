package crossover.bench.link;

import crossover.bench.experiment.LinkSpec;
import crossover.bench.stack.Calls;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * The link's own process, so that its CPU is counted apart and can be pinned. Arguments: the {@link
 * LinkSpec} as text, its seed, the target's host and port. It ends when its input does, so that it
 * never outlives the runner.
 */
public final class LinkMain {
  private LinkMain() {}

  public static void main(String[] args) throws IOException {
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    InetSocketAddress target = new InetSocketAddress(args[2], Integer.parseInt(args[3]));
    if (target.isUnresolved()) {
      System.err.println("no address is known for the host " + args[2]);
      System.exit(1);
    }
    LinkSpec spec = LinkSpec.parse(args[0]).withSeed(Long.parseLong(args[1]));
    try (LinkRelay relay = new LinkRelay(spec, target)) {
      Calls.ofParent().serve(LinkControl.class, relay);
    }
  }
}
