package crossover.webapp;

import crossover.webapp.model.Endpoint;
import crossover.webapp.model.Reply;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The page for people: the matrix as links, the settings in force, the JDK. */
final class HomeServlet extends Endpoint {
  private final transient Reply page;

  HomeServlet(Settings settings, List<String> models, List<String> views) {
    super(false);
    page =
        Reply.page(
            200,
            "home.jsp",
            Map.of(
                "models",
                models.stream().map(model -> model.substring(1)).toList(),
                "views",
                views,
                "settings",
                settings.shown(),
                "jdk",
                System.getProperty("java.vendor") + " " + Runtime.version()));
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    page.writeOrFail(request, response);
  }
}
