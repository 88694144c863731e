package crossover.webapp.model;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The asynchronous models: the container's thread goes back to its pool while the answer is made
 * elsewhere.
 *
 * <p>There is exactly one path to the end of a request: one future, completed once, by the view or
 * by its deadline, and one function chained to it that ends the request. No listener, no second
 * timer.
 */
public final class AsyncServlet extends Endpoint {
  /** Where the answer is written. */
  public enum Rendering {
    /** On the worker that made the answer: it may block, and it saves a dispatch. */
    ON_WORKER,
    /**
     * On a thread of the container: what completes the view is an event loop, which must never
     * block.
     */
    ON_CONTAINER
  }

  /** How long the backends may take for an answer, and a client to send a body. */
  public record Limits(Deadlines deadlines, Duration answer, Duration body) {}

  /** The latest of all: what Tomcat compares with the time since 1970 stays below it. */
  private static final long NEVER = Long.MAX_VALUE;

  private static final Logger LOG = LoggerFactory.getLogger(AsyncServlet.class);
  private static final String REPLY = AsyncServlet.class.getName() + ".reply";

  private final String model;
  private final Rendering rendering;
  private final transient Limits limits;
  private final transient AsyncView get;
  private final transient AsyncView post;

  /**
   * Serves a view.
   *
   * @param model the path of the model, {@code /native}
   * @param post null where there is nothing to post
   */
  public AsyncServlet(
      String model, Rendering rendering, Limits limits, AsyncView get, AsyncView post) {
    super(post != null);
    this.model = model;
    this.rendering = rendering;
    this.limits = limits;
    this.get = get;
    this.post = post;
  }

  /**
   * A request comes twice when its answer was made off the container's threads: the second time to
   * be written.
   */
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (request.getAttribute(REPLY) instanceof Reply reply) {
      reply.send(request, response);
    } else {
      super.service(request, response);
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    CompletableFuture<Reply> reply = answer(get, Request.of(request, model, null));
    if (reply.isDone()) {
      reply.exceptionally(Failure::reply).join().send(request, response);
    } else {
      end(start(request), reply);
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try {
      FormBody.check(request);
      if (rendering == Rendering.ON_WORKER) {
        Form form = FormBody.read(request);
        AsyncContext async = start(request);
        end(async, answer(post, Request.of(request, model, form)));
      } else {
        AsyncContext async = start(request);
        Request withoutForm = Request.of(request, model, null);
        end(
            async,
            limits
                .deadlines
                .limit(FormBody.readAsync(request), limits.body, FormBody::tooSlow)
                .thenCompose(form -> answer(post, withoutForm.with(form))));
      }
    } catch (Refused e) {
      Failure.reply(e).send(request, response);
    }
  }

  private CompletableFuture<Reply> answer(AsyncView view, Request request) {
    try {
      return limits.deadlines.limit(view.answer(request), limits.answer);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void end(AsyncContext async, CompletableFuture<Reply> answer) {
    var unused =
        answer.whenComplete(
            (reply, failure) -> {
              // A failure may come from the thread of the deadlines, which all requests share.
              if (failure != null) {
                dispatch(async, Failure.reply(failure));
              } else if (rendering == Rendering.ON_CONTAINER) {
                dispatch(async, reply);
              } else {
                render(async, reply);
              }
            });
  }

  /**
   * Goes asynchronous, without a time limit of the container's: the caller's future must end by a
   * limit of its own. Tomcat's, any that can be reached, loses requests of other users now and then
   * (docs/decisions/0011).
   */
  static AsyncContext start(HttpServletRequest request) {
    AsyncContext async = request.startAsync();
    async.setTimeout(NEVER);
    return async;
  }

  /** Has the reply written on a thread of the container. */
  static void dispatch(AsyncContext async, Reply reply) {
    async.getRequest().setAttribute(REPLY, reply);
    async.dispatch();
  }

  private static void render(AsyncContext async, Reply reply) {
    try {
      reply.send(
          (HttpServletRequest) async.getRequest(), (HttpServletResponse) async.getResponse());
    } catch (ServletException | IOException | RuntimeException e) {
      LOG.debug("The answer was not written: the client went away", e);
    } finally {
      async.complete();
    }
  }
}
