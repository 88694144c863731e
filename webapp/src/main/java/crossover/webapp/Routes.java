package crossover.webapp;

import static crossover.webapp.model.AsyncServlet.Rendering.ON_CONTAINER;
import static crossover.webapp.model.AsyncServlet.Rendering.ON_WORKER;

import crossover.webapp.data.Pages;
import crossover.webapp.data.Visitors;
import crossover.webapp.data.WordClient;
import crossover.webapp.data.Words;
import crossover.webapp.model.AsyncServlet;
import crossover.webapp.model.AsyncView;
import crossover.webapp.model.NotFoundServlet;
import crossover.webapp.model.SyncServlet;
import crossover.webapp.model.SyncToAsync;
import crossover.webapp.model.View;
import crossover.webapp.model.VisitorFilter;
import crossover.webapp.view.CachedWord;
import crossover.webapp.view.GetWord;
import crossover.webapp.view.Page;
import crossover.webapp.view.PageServlet;
import crossover.webapp.view.PostWord;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.time.Duration;
import java.util.EnumSet;

/**
 * The matrix of views and models, a line a cell.
 *
 * <p>{@code sync} renders on the container's thread that runs the view, {@code wrapped} on the
 * worker that runs the view, {@code native} on a thread of the container after a dispatch, or at
 * once when there was nothing to wait for. The model "virtual" is {@code sync} on a connector with
 * virtual threads.
 */
final class Routes {
  /** How long a client may take to send a form: as long as Tomcat waits for a packet. */
  private static final Duration BODY = Duration.ofSeconds(20);

  private final ServletContext context;
  private final Workers workers;
  private final AsyncServlet.Limits limits;

  private Routes(ServletContext context, Backends backends, Duration timeout) {
    this.context = context;
    this.workers = backends.workers();
    this.limits = new AsyncServlet.Limits(backends.deadlines(), timeout, BODY);
  }

  static void register(ServletContext context, Backends backends, Settings settings) {
    new Routes(context, backends, Duration.ofMillis(settings.timeout))
        .register(backends, settings.middleware);
  }

  private void register(Backends backends, String middleware) {
    Words words = backends.database().words();
    WordClient client = backends.database().wordClient();
    Pages pages = backends.pages();

    add("/sync/page", new PageServlet.Direct());
    add("/wrapped/page", new PageServlet.Wrapped(workers));
    add("/native/page", new PageServlet.Direct());

    sync("/page-fn", Page.blocking(), null);
    wrapped("/page-fn", Page.blocking(), null);
    async("/page-fn", Page.nonBlocking(), null);

    sync("/words/*", GetWord.blocking(words), null);
    wrapped("/words/*", GetWord.blocking(words), null);
    async("/words/*", GetWord.nonBlocking(client), null);

    sync("/form", PostWord.form(), PostWord.blocking(words));
    wrapped("/form", PostWord.form(), PostWord.blocking(words));
    async("/form", PostWord.formNonBlocking(), PostWord.nonBlocking(client));

    sync("/cached/*", CachedWord.blocking(words, pages), null);
    wrapped("/cached/*", CachedWord.blocking(words, pages), null);
    async("/cached/*", CachedWord.nonBlocking(client, pages), null);

    switch (middleware) {
      case "blocking" -> before(new VisitorFilter.Blocking(new Visitors(backends.redis())));
      case "async" -> before(new VisitorFilter.Async(new Visitors(backends.redis()), limits));
      default -> {}
    }

    add("/sync/*", new NotFoundServlet());
    add("/wrapped/*", new NotFoundServlet());
    add("/native/*", new NotFoundServlet());
  }

  private void sync(String view, View get, View post) {
    add("/sync" + view, new SyncServlet("/sync", get, post));
  }

  private void wrapped(String view, View get, View post) {
    AsyncView wrappedPost = post == null ? null : SyncToAsync.wrap(post, workers);
    add(
        "/wrapped" + view,
        new AsyncServlet(
            "/wrapped", ON_WORKER, limits, SyncToAsync.wrap(get, workers), wrappedPost));
  }

  private void async(String view, AsyncView get, AsyncView post) {
    add("/native" + view, new AsyncServlet("/native", ON_CONTAINER, limits, get, post));
  }

  private void before(VisitorFilter filter) {
    FilterRegistration.Dynamic registration = context.addFilter("visitor", filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST), false, "/sync/*", "/wrapped/*", "/native/*");
  }

  /** Each URL has a servlet of its own; a name may not repeat, and the URL does not. */
  private void add(String url, Servlet servlet) {
    ServletRegistration.Dynamic registration = context.addServlet(url, servlet);
    registration.setAsyncSupported(true);
    registration.addMapping(url);
  }
}
