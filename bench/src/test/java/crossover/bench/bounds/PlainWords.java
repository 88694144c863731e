package crossover.bench.bounds;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The view "get" with nothing between the container and the drivers: the same query, the same bytes
 * written by hand, by JDBC on the container's thread or on a worker, and by a bare call of the
 * non-blocking client. What Crossover's WAR serves less than this is the price of its framework:
 * MyBatis, JSP, deadlines. It expects the table of that WAR.
 */
@WebListener
public final class PlainWords implements ServletContextListener {
  private static final String CSP =
      "default-src 'none'; script-src"
          + " https://cdn.jsdelivr.net/npm/jquery@3.7.1/dist/jquery.min.js"
          + " https://cdn.jsdelivr.net/npm/bootstrap@5.3.8/dist/js/bootstrap.bundle.min.js;"
          + " style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  /** Where the WAR keeps its table, or the database's default. */
  private static final String SCHEMA = "crossover,public";

  private static final String SELECT = "select id, text, definition from word where id = ";

  private final HikariDataSource database = new HikariDataSource();
  private final ExecutorService workers =
      Executors.newFixedThreadPool(Integer.getInteger("crossover.workers", 32));
  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions().setEventLoopPoolSize(Runtime.getRuntime().availableProcessors()));
  private final AtomicInteger next = new AtomicInteger();
  private SqlClient[] clients;

  private record Word(long id, String text, String definition) {}

  @Override
  public void contextInitialized(ServletContextEvent event) {
    String url = System.getProperty("crossover.jdbc.url");
    String user = System.getProperty("crossover.jdbc.user", "crossover");
    String password = System.getProperty("crossover.jdbc.password", "crossover");
    int pool = Integer.getInteger("crossover.jdbc.pool", 8);
    database.setDriverClassName("org.postgresql.Driver");
    database.setJdbcUrl(url);
    database.setUsername(user);
    database.setPassword(password);
    database.setMaximumPoolSize(pool);
    database.setInitializationFailTimeout(-1);
    database.addDataSourceProperty("currentSchema", SCHEMA);
    URI address = URI.create(url.substring("jdbc:".length()));
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost(address.getHost())
            .setPort(address.getPort())
            .setDatabase(address.getPath().substring(1))
            .setUser(user)
            .setPassword(password)
            .setCachePreparedStatements(true)
            .addProperty("search_path", SCHEMA)
            .setPipeliningLimit(Integer.getInteger("crossover.pipelining", 16));
    // One client would serve all users by the first connection of each event loop.
    clients = new SqlClient[pool];
    for (int i = 0; i < pool; i++) {
      clients[i] =
          PgBuilder.client()
              .with(new PoolOptions().setMaxSize(1).setEventLoopSize(1))
              .connectingTo(options)
              .using(vertx)
              .build();
    }
    add(event, "/sync/words/*", new Blocking());
    add(event, "/wrapped/words/*", new Wrapped());
    add(event, "/native/words/*", new NonBlocking());
  }

  private static void add(ServletContextEvent event, String url, HttpServlet servlet) {
    var registration = event.getServletContext().addServlet(url, servlet);
    registration.setAsyncSupported(true);
    registration.addMapping(url);
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    workers.shutdownNow();
    for (SqlClient client : clients) {
      client.close();
    }
    vertx.close();
    database.close();
  }

  private final class Blocking extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      write(find(id(request)), response);
    }
  }

  private final class Wrapped extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      long id = id(request);
      AsyncContext async = start(request);
      var unused =
          CompletableFuture.runAsync(() -> write(find(id), response), workers)
              .whenComplete((none, failure) -> async.complete());
    }
  }

  private final class NonBlocking extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      long id = id(request);
      AsyncContext async = start(request);
      var unused =
          clients[Math.floorMod(next.getAndIncrement(), clients.length)]
              .preparedQuery(SELECT + "$1")
              .execute(Tuple.of(id))
              .onSuccess(
                  rows -> {
                    Row row = rows.iterator().next();
                    write(new Word(row.getLong(0), row.getString(1), row.getString(2)), response);
                  })
              .onComplete(ended -> async.complete());
    }
  }

  private static AsyncContext start(HttpServletRequest request) {
    AsyncContext async = request.startAsync();
    async.setTimeout(Long.MAX_VALUE);
    return async;
  }

  private static long id(HttpServletRequest request) {
    return Long.parseLong(request.getPathInfo().substring(1));
  }

  private Word find(long id) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT + "?")) {
      select.setLong(1, id);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return new Word(rows.getLong(1), rows.getString(2), rows.getString(3));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Word word, HttpServletResponse response) {
    String text = escaped(word.text);
    byte[] html =
        ("""
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>"""
                + text
                + "</title>\n</head>\n<body>\n  <h1>"
                + text
                + "</h1>\n  <p>"
                + escaped(word.definition)
                + "</p>\n  <p data-id=\""
                + word.id
                + "\">Word "
                + word.id
                + ". <a href=\"../form\">Add a word</a></p>\n</body>\n</html>\n")
            .getBytes(UTF_8);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", CSP);
    response.setContentType("text/html;charset=UTF-8");
    response.setContentLength(html.length);
    try {
      response.getOutputStream().write(html);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&#034;");
        case '\'' -> escaped.append("&#039;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
