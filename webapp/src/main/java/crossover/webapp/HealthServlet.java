package crossover.webapp;

import crossover.webapp.data.Unavailable;
import crossover.webapp.model.Endpoint;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;

/**
 * 200 when the words are loaded and both backends answer, else 503; the JSON tells which does not,
 * and how many words there are ({@code words}, the highest id).
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
    long words = words();
    boolean redis = backends.redis().answers();
    boolean up = words >= 0 && redis;
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
                "{\"status\":\"%s\",\"database\":\"%s\",\"redis\":\"%s\",\"words\":%d}",
                upOrDown(up),
                upOrDown(words >= 0),
                upOrDown(redis),
                Math.max(words, 0)));
  }

  /** Negative when the database does not answer or is not ready. */
  private long words() {
    try {
      return backends.database().words().last();
    } catch (Unavailable e) {
      return -1;
    }
  }

  private static String upOrDown(boolean up) {
    return up ? "up" : "down";
  }
}
