package crossover.bench.war;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Put in place of a JSP: fails at once, or when part of it is sent; or tells its thread. */
public final class FailingPage extends HttpServlet {
  static final String MESSAGE = "this page fails";

  static final String THREAD = "thread";

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response.getWriter().write("<p>the first part");
    String query = request.getQueryString();
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
    throw new IOException(MESSAGE);
  }
}
