package crossover.webapp.model;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The model "wrapped": a blocking view in a future, on a pool of workers. A worker runs the view
 * and writes the answer; the body of a form is read before one is taken.
 */
public final class WrappedServlet extends Endpoint {
  private final String model;
  private final transient View view;
  private final transient Executor workers;
  private final transient Limits limits;

  /**
   * Serves a view.
   *
   * @param model the path of the model, {@code /wrapped}
   * @param posts whether the view takes a form
   */
  public WrappedServlet(String model, View view, boolean posts, Executor workers, Limits limits) {
    super(posts);
    this.model = model;
    this.view = view;
    this.workers = workers;
    this.limits = limits;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    answer(Request.of(request, model, null), AsyncRequest.start(request));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    FormBody.answerRead(request, response, model, this::answer);
  }

  /** The future has what follows before it has a worker, so it follows on the worker, always. */
  private void answer(Request request, AsyncRequest async) {
    CompletableFuture<Reply> answer = limits.answer(new CompletableFuture<>());
    var unused =
        answer.whenComplete(
            (reply, failure) -> {
              if (failure == null) {
                async.render(reply);
              } else {
                async.end(Failure.reply(failure));
              }
            });
    try {
      // Skipped when the deadline has passed in the queue.
      answer.completeAsync(() -> view.answer(request), workers);
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(e);
    }
  }
}
