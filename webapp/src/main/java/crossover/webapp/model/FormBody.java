package crossover.webapp.model;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * The body of a POST, read blocking or by a {@link ReadListener}; both refuse the same. {@code
 * getParameter} is not used: it blocks, and it drops in silence what is malformed.
 */
final class FormBody {
  /** 64 KiB. */
  private static final int LIMIT = 1 << 16;

  private FormBody() {}

  /**
   * Reads on the calling thread.
   *
   * @throws Refused with 413 or 415
   * @throws IOException when the client is too slow for the container or went away; the container
   *     has made it a 400 by then
   */
  static Form read(HttpServletRequest request) throws IOException {
    check(request);
    byte[] body = request.getInputStream().readNBytes(LIMIT + 1);
    if (body.length > LIMIT) {
      throw new Refused(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
    }
    return Form.parse(body);
  }

  /**
   * Reads as bytes arrive; the request must be in asynchronous mode.
   *
   * @throws Refused as {@link #read}; once it has begun, the stage fails with it
   */
  static CompletableFuture<Form> readAsync(HttpServletRequest request) throws IOException {
    Reader reader = new Reader(request.getInputStream());
    reader.in.setReadListener(reader);
    return reader.form;
  }

  /** Refuses what need not be read to be refused. */
  static void check(HttpServletRequest request) {
    if (!isForm(request.getContentType())) {
      throw new Refused(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
    }
    if (request.getContentLengthLong() > LIMIT) {
      throw new Refused(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
    }
  }

  /** The client was too slow, or went away: 400, as the container answers a blocking read. */
  static Refused tooSlow() {
    return new Refused(HttpServletResponse.SC_BAD_REQUEST);
  }

  /**
   * UTF-8 is the only character set of this type in the standard; another one named would be
   * misread.
   */
  private static boolean isForm(String contentType) {
    if (contentType == null) {
      return false;
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).replace("\"", "").split(";", -1);
    if (!parts[0].strip().equals("application/x-www-form-urlencoded")) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        return false;
      }
    }
    return true;
  }

  private static final class Reader implements ReadListener {
    private final ServletInputStream in;
    private final CompletableFuture<Form> form = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(512);
    private final byte[] chunk = new byte[4096];

    Reader(ServletInputStream in) {
      this.in = in;
    }

    @Override
    public void onDataAvailable() throws IOException {
      while (!form.isDone() && in.isReady() && !in.isFinished()) {
        int read = in.read(chunk);
        if (read > 0) {
          body.write(chunk, 0, read);
        }
        if (body.size() > LIMIT) {
          form.completeExceptionally(new Refused(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE));
        }
      }
    }

    @Override
    public void onAllDataRead() {
      form.complete(Form.parse(body.toByteArray()));
    }

    @Override
    public void onError(Throwable failure) {
      form.completeExceptionally(tooSlow());
    }
  }
}
