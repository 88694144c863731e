package crossover.webapp.view;

import crossover.webapp.model.AsyncView;
import crossover.webapp.model.Reply;
import crossover.webapp.model.View;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The page as a function. It waits for nothing, so its non-blocking form is complete at once. */
public final class Page {
  private static final Reply PAGE = Reply.page(200, "page.jsp", Map.of());

  private Page() {}

  public static View blocking() {
    return request -> PAGE;
  }

  public static AsyncView nonBlocking() {
    return request -> CompletableFuture.completedFuture(PAGE);
  }
}
