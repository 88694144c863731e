package crossover.bench.link;

import crossover.bench.experiment.LinkSpec;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * The link's own process, so that its CPU is counted apart and can be pinned. Arguments: the {@link
 * LinkSpec} as text, its seed, the target's host and port. The first line of its output is {@code
 * port N clock}; then each line of input is a command and is answered by one line, {@code ok …} or
 * {@code error …}. It ends when its input does, so that it never outlives the runner.
 */
public final class LinkMain {
  private LinkMain() {}

  public static void main(String[] args) throws IOException {
    // The runner reads this process's output: whatever a library has to say goes to standard error.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    InetSocketAddress target = new InetSocketAddress(args[2], Integer.parseInt(args[3]));
    if (target.isUnresolved()) {
      System.err.println("no address is known for the host " + args[2]);
      System.exit(1);
    }
    try (LinkRelay relay =
            new LinkRelay(LinkSpec.parse(args[0]).withSeed(Long.parseLong(args[1])), target);
        BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      say("port " + relay.port() + " " + relay.clock());
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        try {
          say("ok " + obey(relay, line));
        } catch (IOException | RuntimeException e) {
          say("error " + e.getMessage());
        }
      }
    }
  }

  static String obey(LinkRelay relay, String line) throws IOException {
    if (line.startsWith("apply ")) {
      relay.apply(LinkSpec.parse(line.substring("apply ".length())));
      return "";
    }
    switch (line) {
      case "stall" -> relay.stall();
      case "reset" -> relay.reset();
      case "refuse" -> relay.refuse();
      case "restore" -> relay.restore();
      case "figures" -> {
        return relay.figures().toString();
      }
      default -> throw new IllegalArgumentException("not a command of the link: " + line);
    }
    return "";
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
