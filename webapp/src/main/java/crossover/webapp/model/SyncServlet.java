package crossover.webapp.model;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

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
    FormBody.Body read = new FormBody.Body();
    Optional<Form> form;
    try {
      form = FormBody.read(request, body, read);
    } catch (Refused e) {
      FormBody.answerUnread(Failure.reply(e), request, response);
      return;
    }
    if (form.isPresent()) {
      answer(Request.of(request, model, form.get())).writeOrFail(request, response);
    } else {
      answerWhenRead(request, read);
    }
  }

  /** Leaves the thread until the rest of the body is there. */
  private void answerWhenRead(HttpServletRequest request, FormBody.Body read) throws IOException {
    AsyncRequest async = AsyncRequest.start(request);
    var unused =
        Limits.of(request)
            .body(FormBody.readAsync(request, read))
            .whenComplete(
                (form, failure) ->
                    async.dispatch(
                        failure != null
                            ? Failure.reply(failure)
                            : (again, response) ->
                                answer(Request.of(again, model, form)).write(again, response)));
  }

  private Reply answer(Request request) {
    try {
      return view.answer(request);
    } catch (RuntimeException e) {
      return Failure.reply(e);
    }
  }
}
