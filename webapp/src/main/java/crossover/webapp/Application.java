package crossover.webapp;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * The WAR's beginning and end. A setting that makes no sense fails the deployment, naming itself.
 */
public final class Application implements ServletContextListener {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private Backends backends;
  private BackendsStatistics statistics;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    Settings settings = new Settings();
    backends = onOwnThread(() -> new Backends(settings));
    Routes.register(context, backends, settings);
    context.addServlet("health", new HealthServlet(backends)).addMapping("/health");
    statistics = BackendsStatistics.register(context.getContextPath(), backends);
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (statistics != null) {
      statistics.unregister();
    }
    if (backends != null) {
      onOwnThread(
          () -> {
            backends.close();
            return null;
          });
    }
    awaitOwnThreads();
  }

  /**
   * All threads that began here were told to end, and most have; the container looks next for what
   * is still alive, and would call it a leak.
   */
  private static void awaitOwnThreads() {
    long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
    ClassLoader own = Application.class.getClassLoader();
    try {
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        ClassLoader kind = thread.getClass().getClassLoader();
        // A thread of the container may still wait for a slow client in its name; that one's class
        // is the container's.
        if (thread != Thread.currentThread()
            && thread.getContextClassLoader() == own
            && (kind == null || kind == own)
            && left > 0) {
          thread.join(left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * On a thread that ends with the work: MyBatis and Netty leave thread locals on the one that
   * builds or stops them, and on a thread of the container's these would outlive the application.
   */
  private static <T> T onOwnThread(Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    new Thread(task, "crossover-backends").start();
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The backends: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the application starts or stops", e);
    }
  }
}
