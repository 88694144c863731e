package crossover.bench.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** TCP ports of the loopback interface. */
public final class Ports {
  private Ports() {}

  /** A port that nobody listens on now. */
  public static int free() {
    return free(1).get(0);
  }

  /** Several different ports that nobody listens on now. */
  public static List<Integer> free(int count) {
    List<ServerSocket> open = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        open.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return open.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new StartFailure("no free port on the loopback interface", e);
    } finally {
      for (ServerSocket socket : open) {
        try {
          socket.close();
        } catch (IOException e) {
          // it was never connected: nothing is lost
        }
      }
    }
  }

  /**
   * Checks a port that the user named.
   *
   * @throws StartFailure if another process listens on it
   */
  public static void requireFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
    } catch (IOException e) {
      throw new StartFailure(
          "port "
              + port
              + " on 127.0.0.1 cannot be had ("
              + e.getMessage()
              + "): stop what uses it, or name another port");
    }
  }
}
