package crossover.bench.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/**
 * The main class of an executable jar that reads the same options as one of Spring Boot. Each
 * request waits, as one that calls another service does.
 */
public final class Hello {
  private static final int WAIT_MILLIS = 5;

  private Hello() {}

  /** Listens until it is stopped. */
  public static void main(String[] args) throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                option(args, "--server.port=", 8080)),
            1_000);
    server.createContext(
        "/",
        exchange -> {
          try {
            Thread.sleep(WAIT_MILLIS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          byte[] body = "hello".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.setExecutor(
        Executors.newFixedThreadPool(option(args, "--server.tomcat.threads.max=", 200)));
    server.start();
  }

  private static int option(String[] args, String name, int otherwise) {
    for (String arg : args) {
      if (arg.startsWith(name)) {
        return Integer.parseInt(arg.substring(name.length()));
      }
    }
    return otherwise;
  }
}
