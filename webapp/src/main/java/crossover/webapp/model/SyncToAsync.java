package crossover.webapp.model;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The model "wrapped" as one function: a blocking view becomes an asynchronous one by running on
 * workers.
 */
public final class SyncToAsync {
  private SyncToAsync() {}

  /**
   * Wraps a view. A task whose deadline passed while it queued is skipped ({@code supplyAsync}
   * looks before it runs); when the workers refuse, the call throws {@link
   * java.util.concurrent.RejectedExecutionException}.
   */
  public static AsyncView wrap(View view, Executor workers) {
    return request -> CompletableFuture.supplyAsync(() -> view.answer(request), workers);
  }
}
