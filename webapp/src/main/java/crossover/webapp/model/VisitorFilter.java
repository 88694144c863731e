package crossover.webapp.model;

import crossover.webapp.data.Unavailable;
import crossover.webapp.data.Visitors;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Middleware before every view: looks the visitor of a cookie up in Redis, and makes one where
 * there is none. Without Redis the view is served all the same.
 */
public abstract sealed class VisitorFilter extends HttpFilter {
  private static final String COOKIE = "visitor";
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

  final transient Visitors visitors;

  private VisitorFilter(Visitors visitors) {
    this.visitors = visitors;
  }

  /** Blocks the container's thread, also before a view that would not. */
  public static final class Blocking extends VisitorFilter {
    public Blocking(Visitors visitors) {
      super(visitors);
    }

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      try {
        tell(request, response, visitors.look(id(request)));
      } catch (Unavailable e) {
        // Served without a visitor.
      }
      chain.doFilter(request, response);
    }
  }

  /**
   * Gives the container's thread back while Redis is asked, then dispatches the request on, also
   * before a view that needs no such thing. Must be mapped to the dispatcher type REQUEST only, or
   * it would meet its own dispatch.
   */
  public static final class Async extends VisitorFilter {
    private final transient Limits limits;

    public Async(Visitors visitors, Limits limits) {
      super(visitors);
      this.limits = limits;
    }

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
      AsyncRequest async = AsyncRequest.start(request);
      var unused =
          limits
              .answer(visitors.lookAsync(id(request)))
              .whenComplete(
                  (created, failure) -> {
                    if (failure == null) {
                      tell(request, response, created);
                    }
                    async.dispatch();
                  });
    }
  }

  private static String id(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(COOKIE) && ID.matcher(cookie.getValue()).matches()) {
          return cookie.getValue();
        }
      }
    }
    return null;
  }

  private static void tell(
      HttpServletRequest request, HttpServletResponse response, Optional<String> created) {
    if (created.isPresent()) {
      Cookie cookie = new Cookie(COOKIE, created.get());
      cookie.setPath(request.getContextPath() + "/");
      cookie.setHttpOnly(true);
      cookie.setAttribute("SameSite", "Lax");
      response.addCookie(cookie);
    }
  }
}
