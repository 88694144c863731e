package crossover.webapp.model;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * The non-blocking model: the container's thread goes back to its pool while the answer is made
 * elsewhere. What completes an answer is an event loop, which must never block: a page is rendered
 * by a thread of the container, to which the request is dispatched.
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
    if (answer.isDone()) {
      rendering(answer.exceptionally(Failure::reply).join()).writeOrFail(request, response);
    } else {
      end(AsyncRequest.start(request), answer);
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
              if (failure != null) {
                async.end(Failure.reply(failure));
              } else if (reply.isKept()) {
                async.dispatch(rendering(reply));
              } else {
                async.end(reply);
              }
            });
  }

  /** On a thread of the container, which does not wait until a page is kept. */
  private Rendering rendering(Reply reply) {
    return !reply.isKept()
        ? reply
        : (request, response) -> {
          Reply.Keeping keeping = reply.keep(request, response);
          CompletableFuture<Reply> kept =
              limits.answer(keeping.ended()).handle((none, failure) -> keeping.rendered());
          if (kept.isDone()) {
            kept.join().write(request, response);
          } else {
            end(AsyncRequest.start(request), kept);
          }
        };
  }
}
