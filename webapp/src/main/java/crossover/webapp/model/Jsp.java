package crossover.webapp.model;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The compiled JSPs, each found once and not by every request. */
public final class Jsp {
  private static final String FOLDER = "/WEB-INF/jsp/";
  private static final Map<String, RequestDispatcher> DISPATCHERS = new ConcurrentHashMap<>();

  private Jsp() {}

  /** What renders a JSP of {@code /WEB-INF/jsp}. */
  public static RequestDispatcher dispatcher(HttpServletRequest request, String jsp) {
    RequestDispatcher known = DISPATCHERS.get(jsp);
    return known != null
        ? known
        : DISPATCHERS.computeIfAbsent(jsp, name -> find(request.getServletContext(), name));
  }

  private static RequestDispatcher find(ServletContext context, String jsp) {
    return context.getServletRegistrations().values().stream()
        .filter(servlet -> servlet.getMappings().contains(FOLDER + jsp))
        .findAny()
        .map(servlet -> context.getNamedDispatcher(servlet.getName()))
        .orElseGet(() -> context.getRequestDispatcher(FOLDER + jsp));
  }
}
