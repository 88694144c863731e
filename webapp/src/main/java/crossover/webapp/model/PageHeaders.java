package crossover.webapp.model;

import jakarta.servlet.http.HttpServletResponse;

/** What every page tells the browser: to trust nothing but what the pages themselves name. */
public final class PageHeaders {
  private static final String SCRIPTS =
      "https://cdn.jsdelivr.net/npm/jquery@3.7.1/dist/jquery.min.js"
          + " https://cdn.jsdelivr.net/npm/bootstrap@5.3.8/dist/js/bootstrap.bundle.min.js";

  private static final String POLICY =
      "default-src 'none'; script-src "
          + SCRIPTS
          + "; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private PageHeaders() {}

  /** Sets them. */
  public static void set(HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", POLICY);
  }
}
