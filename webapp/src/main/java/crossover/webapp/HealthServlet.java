package crossover.webapp;

import crossover.webapp.data.Readiness;
import crossover.webapp.model.Endpoint;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;

/**
 * 200 when the words are loaded and both backends answer, else 503. The JSON tells of each of them
 * {@code up}, {@code down} (waiting may help), {@code loading} or {@code failed} (waiting does not
 * help), with the reason in words, and how many words there are ({@code words}, the highest id).
 */
final class HealthServlet extends Endpoint {
  private final transient Backends backends;

  HealthServlet(Backends backends) {
    super(false);
    this.backends = backends;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Readiness database = backends.database().readiness();
    Readiness redis = backends.redis().readiness();
    boolean up = database.isUp() && redis.isUp();
    response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    if (!up) {
      response.setHeader("Retry-After", "1");
    }
    response.setContentType("application/json");
    response
        .getWriter()
        .write(
            String.format(
                Locale.ROOT,
                "{\"status\":\"%s\",\"database\":\"%s\",\"redis\":\"%s\",\"words\":%d%s%s}",
                up ? "up" : "down",
                word(database),
                word(redis),
                database.isUp() ? backends.database().lastWord() : 0,
                reason("databaseReason", database),
                reason("redisReason", redis)));
  }

  private static String word(Readiness readiness) {
    return readiness.state().name().toLowerCase(Locale.ROOT);
  }

  /** Nothing when it is up; of control characters a reason has none. */
  private static String reason(String key, Readiness readiness) {
    if (readiness.isUp()) {
      return "";
    }
    String reason = readiness.reason().replace("\\", "\\\\").replace("\"", "\\\"");
    return ",\"" + key + "\":\"" + reason + "\"";
  }
}
