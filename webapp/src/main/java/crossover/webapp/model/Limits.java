package crossover.webapp.model;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * How long an asynchronous request may take.
 *
 * @param answer for the backends
 * @param body for a client to send a form
 */
public record Limits(Deadlines deadlines, Duration answer, Duration body) {

  private static final String NAME = Limits.class.getName();

  /** Makes these the limits of an application. */
  public void set(ServletContext context) {
    context.setAttribute(NAME, this);
  }

  static Limits of(HttpServletRequest request) {
    return (Limits) request.getServletContext().getAttribute(NAME);
  }

  /** Fails the future with {@link TimeoutException} when the backends are too slow. */
  public <T> CompletableFuture<T> answer(CompletableFuture<T> future) {
    return deadlines.limit(future, answer, TimeoutException::new);
  }

  /** Fails the future with {@link Refused}, a 408, when the client is too slow. */
  <T> CompletableFuture<T> body(CompletableFuture<T> future) {
    return deadlines.limit(future, body, FormBody::tooSlow);
  }
}
