package crossover.webapp.model;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;

/** The blocking model: the container's thread reads, runs the view and writes. */
public final class SyncServlet extends Endpoint {
  private final String model;
  private final transient View view;
  private final Duration body;

  /**
   * Serves a view.
   *
   * @param model the path of the model, {@code /sync}
   * @param posts whether the view takes a form
   * @param body how long a client may take to send it
   */
  public SyncServlet(String model, View view, boolean posts, Duration body) {
    super(posts);
    this.model = model;
    this.view = view;
    this.body = body;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    answer(Request.of(request, model, null)).writeOrFail(request, response);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Form form;
    try {
      form = FormBody.read(request, body);
    } catch (Refused e) {
      FormBody.answerUnread(Failure.reply(e), request, response);
      return;
    }
    answer(Request.of(request, model, form)).writeOrFail(request, response);
  }

  private Reply answer(Request request) {
    try {
      return view.answer(request);
    } catch (RuntimeException e) {
      return Failure.reply(e);
    }
  }
}
