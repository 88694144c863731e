package crossover.webapp;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/**
 * The WAR's beginning and end. A setting that makes no sense fails the deployment, naming itself.
 */
public final class Application implements ServletContextListener {
  private Backends backends;
  private Figures figures;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    Settings settings = new Settings();
    backends = new Backends(settings);
    Routes.register(context, backends, settings);
    context.addServlet("home", new HomeServlet(settings)).addMapping("");
    context.addServlet("health", new HealthServlet(backends)).addMapping("/health");
    figures = Figures.register(context.getContextPath(), backends);
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (figures != null) {
      figures.unregister();
    }
    if (backends != null) {
      backends.close();
    }
  }
}
