package crossover.webapp.model;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes an answer, and may fail in the middle of it. */
@FunctionalInterface
public interface Rendering {
  void write(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException;

  /**
   * Answers 500 when this fails before anything was sent. It is not logged here: the container logs
   * what a page throws when it dispatches to it.
   *
   * @throws IOException and the others as {@link #write}, when part of the answer is sent: the
   *     container must cut the connection, since the client could not tell that part from a whole
   */
  default void writeOrFail(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try {
      write(request, response);
    } catch (ServletException | IOException | RuntimeException e) {
      if (response.isCommitted()) {
        throw e;
      }
      response.reset();
      Reply.error(HttpServletResponse.SC_INTERNAL_SERVER_ERROR).write(request, response);
    }
  }
}
