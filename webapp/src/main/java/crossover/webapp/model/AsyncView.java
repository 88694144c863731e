package crossover.webapp.model;

import java.util.concurrent.CompletableFuture;

/**
 * A view that does not block: the answer comes when it comes, from whatever thread completes it.
 */
@FunctionalInterface
public interface AsyncView {
  CompletableFuture<Reply> answer(Request request);
}
