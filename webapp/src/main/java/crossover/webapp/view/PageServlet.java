package crossover.webapp.view;

import crossover.webapp.model.Endpoint;
import crossover.webapp.model.Reply;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page as servlet classes, written by hand as one writes them without the adapters of this
 * application. Beside {@link Page} they bound what the adapters cost.
 */
public final class PageServlet {
  private static final Logger LOG = LoggerFactory.getLogger(PageServlet.class);
  private static final String JSP = "/WEB-INF/jsp/page.jsp";

  private PageServlet() {}

  /**
   * Renders on the container's thread. The non-blocking model does the same: there is nothing to
   * wait for.
   */
  public static final class Direct extends Endpoint {
    public Direct() {
      super(false);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      request.getRequestDispatcher(JSP).forward(request, response);
    }
  }

  /** Renders on a worker. */
  public static final class Wrapped extends Endpoint {
    private final transient Executor workers;

    public Wrapped(Executor workers) {
      super(false);
      this.workers = workers;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      AsyncContext async = request.startAsync();
      try {
        workers.execute(() -> render(async, request, response));
      } catch (RejectedExecutionException e) {
        Reply.error(HttpServletResponse.SC_SERVICE_UNAVAILABLE).send(request, response);
        async.complete();
      }
    }

    private static void render(
        AsyncContext async, HttpServletRequest request, HttpServletResponse response) {
      try {
        request.getRequestDispatcher(JSP).forward(request, response);
      } catch (ServletException | IOException | RuntimeException e) {
        LOG.debug("The page was not written: the client went away", e);
      } finally {
        async.complete();
      }
    }
  }
}
