package crossover.webapp.model;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The container's error page; asked for by a client, whatever the method, it answers 404. */
public final class ErrorServlet extends HttpServlet {
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    FormBody.answerUnread(
        Reply.error(status instanceof Integer code ? code : HttpServletResponse.SC_NOT_FOUND),
        request,
        response);
  }
}
