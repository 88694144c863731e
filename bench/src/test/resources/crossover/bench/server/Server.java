import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** A server of one file: {@code java Server PORT [SPINS]} answers "well" to everything. */
public class Server {
  static volatile long sink;

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
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.setExecutor(Executors.newFixedThreadPool(8));
    server.start();
  }
}
