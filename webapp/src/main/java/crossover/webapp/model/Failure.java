package crossover.webapp.model;

import crossover.webapp.data.Unavailable;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answer to a view that failed, the same in every model. */
final class Failure {
  private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

  private Failure() {}

  /**
   * 503 when a backend is away or slow, the workers are full or the deadline has passed; what the
   * body reader refused as it says; anything else is our mistake, a 500, and the only one that is
   * worth a stack trace.
   */
  static Reply reply(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof Refused refused) {
      return Reply.error(refused.status());
    }
    if (cause instanceof Unavailable
        || cause instanceof TimeoutException
        || cause instanceof RejectedExecutionException) {
      LOG.debug("Answered 503", cause);
      return Reply.error(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
    LOG.error("A view failed", cause);
    return Reply.error(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
  }
}
