package crossover.webapp;

import crossover.webapp.data.Pages;
import crossover.webapp.data.Visitors;
import crossover.webapp.data.WordClient;
import crossover.webapp.data.Words;
import crossover.webapp.model.AsyncServlet;
import crossover.webapp.model.AsyncView;
import crossover.webapp.model.ErrorServlet;
import crossover.webapp.model.Limits;
import crossover.webapp.model.SyncServlet;
import crossover.webapp.model.View;
import crossover.webapp.model.VisitorFilter;
import crossover.webapp.model.WrappedServlet;
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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * The matrix: every view in every model.
 *
 * <p>{@code sync} renders on the container's thread that runs the view, {@code wrapped} on the
 * worker that runs the view, {@code native} on the event loop that has the answer, or on the
 * container's thread when there was nothing to wait for. The model "virtual" is {@code sync} on a
 * connector with virtual threads.
 */
final class Routes {
  /** How long a client may take to send a form: as long as Tomcat waits for a packet. */
  private static final Duration BODY = Duration.ofSeconds(20);

  private final ServletContext context;
  private final Backends backends;
  private final List<Model> models;
  private final Limits limits;

  /** One URL of each view, for the page for people. */
  private final List<String> examples = new ArrayList<>();

  /** A model serves the page by a servlet of its own, and every other view by an adapter. */
  private record Model(String path, Servlet page, Adapter adapter) {}

  private interface Adapter {
    Servlet servlet(String model, View blocking, AsyncView nonBlocking, boolean posts);
  }

  private Routes(ServletContext context, Backends backends, Duration timeout) {
    this.context = context;
    this.backends = backends;
    Workers workers = backends.workers();
    limits = new Limits(backends.deadlines(), timeout, BODY);
    limits.set(context);
    models =
        List.of(
            new Model(
                "/sync",
                new PageServlet.Direct(),
                (model, view, ignored, posts) -> new SyncServlet(model, view, posts, BODY)),
            new Model(
                "/wrapped",
                new PageServlet.Wrapped(workers, limits),
                (model, view, ignored, posts) ->
                    new WrappedServlet(model, view, posts, workers, limits)),
            new Model(
                "/native",
                new PageServlet.Direct(),
                (model, ignored, view, posts) -> new AsyncServlet(model, view, posts, limits)));
  }

  static void register(ServletContext context, Backends backends, Settings settings) {
    new Routes(context, backends, Duration.ofMillis(settings.timeout)).register(settings);
  }

  private void register(Settings settings) {
    Words words = backends.database().words();
    WordClient client = backends.database().wordClient();
    Pages pages = backends.pages();

    page("/page");
    view("/page-fn", Page.blocking(), Page.nonBlocking());
    view("/words/*", GetWord.blocking(words), GetWord.nonBlocking(client));
    form("/form", PostWord.blocking(words), PostWord.nonBlocking(client));
    view("/cached/*", CachedWord.blocking(words, pages), CachedWord.nonBlocking(client, pages));

    models.forEach(model -> add(model.path + "/*", new ErrorServlet()));
    add("/WEB-INF/error", new ErrorServlet()); // No client gets there, the container does.
    add("", new HomeServlet(settings, models.stream().map(Model::path).toList(), examples));

    Visitors visitors = new Visitors(backends.redis());
    switch (settings.middleware) {
      case "blocking" -> before(new VisitorFilter.Blocking(visitors));
      case "async" -> before(new VisitorFilter.Async(visitors, limits));
      default -> {}
    }
  }

  private void page(String path) {
    examples.add(path);
    models.forEach(model -> add(model.path + path, model.page));
  }

  private void view(String path, View blocking, AsyncView nonBlocking) {
    view(path, blocking, nonBlocking, false);
  }

  /** A view that takes a POST as well. */
  private void form(String path, View blocking, AsyncView nonBlocking) {
    view(path, blocking, nonBlocking, true);
  }

  private void view(String path, View blocking, AsyncView nonBlocking, boolean posts) {
    examples.add(path.replace('*', '1'));
    for (Model model : models) {
      add(model.path + path, model.adapter.servlet(model.path, blocking, nonBlocking, posts));
    }
  }

  private void before(VisitorFilter filter) {
    FilterRegistration.Dynamic registration = context.addFilter("visitor", filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST),
        false,
        models.stream().map(model -> model.path + "/*").toArray(String[]::new));
  }

  /** Each URL has a servlet of its own, named after it. */
  private void add(String url, Servlet servlet) {
    ServletRegistration.Dynamic registration =
        context.addServlet(url.isEmpty() ? "home" : url, servlet);
    registration.setAsyncSupported(true);
    registration.addMapping(url);
  }
}
