package crossover.webapp.model;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A servlet that answers 405 with {@code Allow} to every method that it does not know, also to
 * those unheard of.
 */
public abstract class Endpoint extends HttpServlet {
  private final boolean posts;

  /** Allows GET, and POST where {@code posts}. */
  protected Endpoint(boolean posts) {
    this.posts = posts;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Rendering leftOver = AsyncRequest.leftOver(request);
    if (leftOver != null) {
      leftOver.writeOrFail(request, response);
      return;
    }
    switch (request.getMethod()) {
      case "GET", "HEAD" -> doGet(request, response);
      case "POST" -> {
        if (posts) {
          doPost(request, response);
        } else {
          refuse(request, response);
        }
      }
      case "OPTIONS" -> {
        response.setHeader("Allow", allowed());
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      }
      default -> refuse(request, response);
    }
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    response.setHeader("Allow", allowed());
    FormBody.answerUnread(
        Reply.error(HttpServletResponse.SC_METHOD_NOT_ALLOWED), request, response);
  }

  private String allowed() {
    return posts ? "GET, HEAD, POST, OPTIONS" : "GET, HEAD, OPTIONS";
  }
}
