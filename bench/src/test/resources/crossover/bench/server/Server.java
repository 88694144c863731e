import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server of one file: {@code java Server PORT [SPINS]} answers "well" to everything; with LIVES in
 * its environment, as often as they say, and with COLD, only so many milliseconds after it was first
 * asked for a page.
 */
public class Server {
  static volatile long sink;
  static final AtomicInteger lives =
      new AtomicInteger(Integer.parseInt(System.getenv().getOrDefault("LIVES", "-1")));

  static final long cold =
      1_000_000 * Long.parseLong(System.getenv().getOrDefault("COLD", "0"));
  static final AtomicLong asked = new AtomicLong();

  static boolean isCold(String path) {
    long now = System.nanoTime();
    return path.endsWith("/page") && now - asked.updateAndGet(t -> t == 0 ? now : t) < cold;
  }

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int spins = args.length > 1 ? Integer.parseInt(args[1]) : 0;
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
    server.createContext(
        "/",
        exchange -> {
          for (int i = 0; i < spins; i++) {
            sink += Long.hashCode(sink + i);
          }
          byte[] body = "well".getBytes("UTF-8");
          boolean yet = isCold(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(yet ? 503 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
          if (lives.decrementAndGet() == 0) {
            System.out.println("out of lives");
            Runtime.getRuntime().halt(7);
          }
        });
    server.setExecutor(Executors.newFixedThreadPool(8));
    server.start();
  }
}
