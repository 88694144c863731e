package crossover.bench.stack;

import static crossover.bench.text.Text.format;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * TCP ports to listen on. Between the choice and the use of a port nobody else gets it: they lie
 * below those that systems give to clients, and no process of Crossover's chooses one that another
 * has chosen. A UDP socket on the same number tells, and goes with its process.
 */
public final class Ports {
  /** Below 32768, where the ports of clients begin on Linux. */
  private static final int LAST = 32_000;

  private static final int FIRST = 20_000;
  private static final Map<Integer, DatagramSocket> CHOSEN = new HashMap<>();

  private Ports() {}

  /** A port that nobody listens on now. */
  public static int free() {
    return freeFrom(ThreadLocalRandom.current().nextInt(FIRST, LAST - 2_000));
  }

  /** The first port from one on that nobody listens on now. */
  public static synchronized int freeFrom(int first) {
    for (int port = first; port < LAST; port++) {
      if (!CHOSEN.containsKey(port) && refusal(port) == null && claim(port)) {
        return port;
      }
    }
    throw new StartFailure("no free port from " + first + " to " + LAST);
  }

  private static boolean claim(int port) {
    try {
      InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      CHOSEN.put(port, new DatagramSocket(port, here));
      return true;
    } catch (BindException e) {
      return false; // chosen elsewhere
    } catch (IOException e) {
      CHOSEN.put(port, null); // no UDP here: this process alone remembers
      return true;
    }
  }

  /** Allows a port to be chosen again: what listened on it has ended. */
  public static synchronized void release(int port) {
    DatagramSocket claim = CHOSEN.remove(port);
    if (claim != null) {
      claim.close();
    }
  }

  /**
   * Checks a port that the user named.
   *
   * @throws StartFailure if another process listens on it
   */
  public static void requireFree(int port) {
    IOException refusal = refusal(port);
    if (refusal != null) {
      throw new StartFailure(
          format(
              "port %s on 127.0.0.1 cannot be had (%s): stop its user, or name another port",
              port, refusal.getMessage()));
    }
  }

  private static IOException refusal(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 1);
      return null;
    } catch (IOException e) {
      return e;
    }
  }
}
