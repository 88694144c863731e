package crossover.webapp.view;

import crossover.webapp.model.AsyncRequest;
import crossover.webapp.model.Endpoint;
import crossover.webapp.model.Jsp;
import crossover.webapp.model.Limits;
import crossover.webapp.model.PageHeaders;
import crossover.webapp.model.Rendering;
import crossover.webapp.model.Reply;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The page as servlet classes, without views and replies. Beside {@link Page} they bound what those
 * cost.
 */
public final class PageServlet {
  private static final Rendering PAGE =
      (request, response) -> {
        PageHeaders.set(response);
        Jsp.dispatcher(request, "page.jsp").forward(request, response);
      };

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
      PAGE.writeOrFail(request, response);
    }
  }

  /** Renders on a worker. */
  public static final class Wrapped extends Endpoint {
    private final transient Executor workers;
    private final transient Limits limits;

    public Wrapped(Executor workers, Limits limits) {
      super(false);
      this.workers = workers;
      this.limits = limits;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      AsyncRequest async = AsyncRequest.start(request);
      CompletableFuture<Void> worker = limits.answer(new CompletableFuture<>());
      var unused =
          worker.whenComplete(
              (none, failure) -> {
                if (failure == null) {
                  async.render(PAGE);
                } else {
                  async.end(Reply.error(HttpServletResponse.SC_SERVICE_UNAVAILABLE));
                }
              });
      try {
        workers.execute(() -> worker.complete(null));
      } catch (RejectedExecutionException e) {
        worker.completeExceptionally(e);
      }
    }
  }
}
