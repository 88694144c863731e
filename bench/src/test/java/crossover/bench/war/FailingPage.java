package crossover.bench.war;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Put in place of a JSP: fails at once, or when part of it is sent; tells its thread; writes
 * nothing or more than the response's buffer holds.
 */
public final class FailingPage extends HttpServlet {
  static final String MESSAGE = "this page fails";

  static final String THREAD = "thread";
  static final String NOTHING = "nothing";
  static final String LARGE = "large";

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    String query = request.getQueryString();
    if (NOTHING.equals(query)) {
      return;
    }
    response.getWriter().write("<p>the first part");
    if (LARGE.equals(query)) {
      response.getWriter().write("x".repeat(100_000));
      return;
    }
    if (THREAD.equals(query)) {
      response.getWriter().write(Thread.currentThread().getName());
      return;
    }
    if (query == null) {
      throw new IllegalStateException(MESSAGE);
    }
    if (query.equals("late")) {
      response.flushBuffer();
    }
    if (query.equals("error")) {
      throw new LinkageError(MESSAGE);
    }
    throw new IOException(MESSAGE);
  }
}
