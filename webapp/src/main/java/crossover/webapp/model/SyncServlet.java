package crossover.webapp.model;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The blocking model: the container's thread reads, runs the view and writes. */
public final class SyncServlet extends Endpoint {
  private final String model;
  private final transient View get;
  private final transient View post;

  /**
   * Serves a view.
   *
   * @param model the path of the model, {@code /sync}
   * @param post null where there is nothing to post
   */
  public SyncServlet(String model, View get, View post) {
    super(post != null);
    this.model = model;
    this.get = get;
    this.post = post;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    answer(get, Request.of(request, model, null)).send(request, response);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Reply reply;
    try {
      reply = answer(post, Request.of(request, model, FormBody.read(request)));
    } catch (Refused e) {
      reply = Failure.reply(e);
    }
    reply.send(request, response);
  }

  private static Reply answer(View view, Request request) {
    try {
      return view.answer(request);
    } catch (RuntimeException e) {
      return Failure.reply(e);
    }
  }
}
