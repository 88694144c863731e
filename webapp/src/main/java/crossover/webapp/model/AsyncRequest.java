package crossover.webapp.model;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request in asynchronous mode. Exactly one of its methods must be called, once; whoever calls
 * must have a limit of its own, because the container has none: Tomcat's, any that can be reached,
 * loses requests of other users now and then (docs/decisions/0011).
 */
public final class AsyncRequest {
  private static final Logger LOG = LoggerFactory.getLogger(AsyncRequest.class);
  private static final String ANSWER = AsyncRequest.class.getName() + ".answer";

  private final AsyncContext context;
  private final HttpServletRequest request;
  private final HttpServletResponse response;

  private AsyncRequest(AsyncContext context) {
    this.context = context;
    this.request = (HttpServletRequest) context.getRequest();
    this.response = (HttpServletResponse) context.getResponse();
  }

  /** Goes asynchronous. */
  public static AsyncRequest start(HttpServletRequest request) {
    AsyncContext context = request.startAsync();
    context.setTimeout(Long.MAX_VALUE); // Never.
    return new AsyncRequest(context);
  }

  /** What {@link #end} or {@link #render} left to be written by a thread of the container. */
  static Rendering leftOver(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.ASYNC
            && request.getAttribute(ANSWER) instanceof Rendering rendering
        ? rendering
        : null;
  }

  /** The reply with its page rendered into memory, on any thread; 500 when the page throws. */
  Reply rendered(Reply reply) {
    try {
      return reply.rendered(request, response);
    } catch (ServletException | IOException | RuntimeException e) {
      // Logged by the container, as Rendering says.
      return Reply.error(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    } catch (Error e) {
      LOG.error("A page failed", e);
      return Reply.error(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }
  }

  /**
   * Answers from any thread, an event loop too: what could block is left to a thread of the
   * container.
   */
  public void end(Reply reply) {
    if (reply.fits(response)) {
      render(reply);
    } else {
      dispatch(reply);
    }
  }

  /** Answers on the calling thread, which may have to wait for a slow client. */
  public void render(Rendering rendering) {
    try {
      rendering.writeOrFail(request, response);
    } catch (ServletException | IOException | RuntimeException | Error e) {
      if (!isClientGone(e)) {
        dispatch(new Broken(e));
        return;
      }
      LOG.debug("The answer was not written: the client went away", e);
    }
    context.complete();
  }

  /** Tomcat tells so by exceptions of its own; a page may fail by any other. */
  private static boolean isClientGone(Throwable failure) {
    return failure instanceof IOException
        && failure.getClass().getPackageName().startsWith("org.apache.");
  }

  /** Has the filters and the servlet called again, by a thread of the container. */
  void dispatch() {
    context.dispatch();
  }

  /** Answers on a thread of the container. */
  void dispatch(Rendering rendering) {
    request.setAttribute(ANSWER, rendering);
    context.dispatch();
  }

  /** A page that failed when part of it was sent: thrown to the container, which cuts it off. */
  private record Broken(Throwable failure) implements Rendering {
    @Override
    public void write(HttpServletRequest request, HttpServletResponse response)
        throws ServletException {
      throw new ServletException("A page failed when part of it was sent", failure);
    }
  }
}
