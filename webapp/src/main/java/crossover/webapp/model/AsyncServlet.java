package crossover.webapp.model;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * The non-blocking model: the container's thread goes back to its pool while the answer is made
 * elsewhere. What completes an answer is an event loop, which must never block: it renders a page
 * into memory, and leaves one that is larger than the response's buffer to a thread of the
 * container.
 */
public final class AsyncServlet extends Endpoint {
  private final String model;
  private final transient AsyncView view;
  private final transient Limits limits;

  /**
   * Serves a view.
   *
   * @param model the path of the model, {@code /native}
   * @param posts whether the view takes a form
   */
  public AsyncServlet(String model, AsyncView view, boolean posts, Limits limits) {
    super(posts);
    this.model = model;
    this.view = view;
    this.limits = limits;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    CompletableFuture<Reply> answer = answer(Request.of(request, model, null));
    Reply ready = answer.isDone() ? answer.exceptionally(Failure::reply).join() : null;
    if (ready == null || ready.isKept()) {
      end(AsyncRequest.start(request), answer);
    } else {
      ready.writeOrFail(request, response);
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    FormBody.answerRead(request, response, model, (read, async) -> end(async, answer(read)));
  }

  private CompletableFuture<Reply> answer(Request request) {
    try {
      return limits.answer(view.answer(request));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void end(AsyncRequest async, CompletableFuture<Reply> answer) {
    var unused =
        answer.whenComplete(
            (reply, failure) -> {
              Reply page = failure == null ? async.rendered(reply) : Failure.reply(failure);
              if (page.isKept()) {
                var ignored =
                    limits.answer(page.keep()).whenComplete((none, late) -> async.end(page));
              } else {
                async.end(page);
              }
            });
  }
}
