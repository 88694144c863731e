package crossover.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers by path, and keeps every request as a text in which nothing depends on port or time. */
final class RecordingServer implements AutoCloseable {
  private static final String PAGE =
      """
      <html><body><h1>A page</h1><p data-id="42">token=abc123;</p>
      <a href="/link?x=1">link</a><img src="/one.png"/><img src="/two.png"/>
      <form action="/send"><input name="SID" value="s-77"/></form></body></html>
      """;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final HttpServer server;

  RecordingServer() throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // 40 ms a request otherwise
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** In the order of their arrival. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    requests.add(describe(exchange, body));
    String path = exchange.getRequestURI().getPath();
    Map<String, String> headers =
        switch (path) {
          case "/redirect" -> Map.of("Location", "/target");
          case "/login" -> Map.of("Set-Cookie", "id=u-1; Path=/");
          case "/fresh" -> Map.of("Cache-Control", "max-age=600");
          case "/etag" -> Map.of("ETag", "\"v1\"");
          case "/secret" -> Map.of("WWW-Authenticate", "Basic realm=\"r\"");
          default -> Map.of();
        };
    int status =
        switch (path) {
          case "/redirect" -> 302;
          case "/broken" -> 500;
          case "/secret" -> exchange.getRequestHeaders().containsKey("Authorization") ? 200 : 401;
          default -> 200;
        };
    String type =
        path.endsWith("json")
            ? "application/json"
            : path.endsWith("xml") ? "text/xml" : path.endsWith("png") ? "image/png" : "text/html";
    byte[] answer =
        (path.endsWith("json")
                ? "{\"id\":7,\"names\":[\"a\",\"b\",\"c\"]}"
                : path.endsWith("xml") ? "<r><id>9</id></r>" : PAGE)
            .getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private String describe(HttpExchange exchange, String body) {
    TreeMap<String, List<String>> headers = new TreeMap<>(exchange.getRequestHeaders());
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
    String text =
        exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + headers + " " + body;
    if (type.contains("boundary=")) {
      String boundary = type.replaceAll(".*boundary=([^;]*).*", "$1");
      text = text.replace(boundary, "B").replaceFirst("Content-length=\\[\\d+\\]", "");
    }
    return text.replace(":" + port(), ":PORT");
  }
}
