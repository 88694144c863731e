package crossover.webapp.model;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;

/**
 * The body of a POST, read blocking or by a {@link ReadListener}; both refuse the same. {@code
 * getParameter} is not used: it blocks, and it drops in silence what is malformed.
 */
final class FormBody {
  /** 64 KiB. */
  private static final int LIMIT = 1 << 16;

  private static final int CHUNK = 4096;

  /**
   * How many threads may wait for bytes at a time: half of Tomcat's default of 200, so that clients
   * who send slowly leave the other half to those who do not. More bodies are read without a
   * thread.
   */
  private static final Semaphore WAITING = new Semaphore(100);

  private static final ReadListener NONE =
      new ReadListener() {
        @Override
        public void onDataAvailable() {}

        @Override
        public void onAllDataRead() {}

        @Override
        public void onError(Throwable failure) {}
      };

  private FormBody() {}

  /**
   * Reads on the calling thread, as long as not too many threads wait for slow clients.
   *
   * @param time in which all must have come
   * @param body keeps what came
   * @return empty when too many threads wait already: the rest is to be read by {@link
   *     #readAsync(HttpServletRequest, Body)}
   * @throws Refused with 408 when the client is too slow or went away, 413 or 415
   */
  static Optional<Form> read(HttpServletRequest request, Duration time, Body body) {
    check(request);
    long start = System.nanoTime();
    byte[] chunk = new byte[CHUNK];
    boolean waiting = false;
    try {
      ServletInputStream in = request.getInputStream();
      while (true) {
        if (!waiting && in.available() == 0 && !in.isFinished()) {
          waiting = WAITING.tryAcquire();
          if (!waiting) {
            return Optional.empty();
          }
        }
        int read = in.read(chunk);
        if (read < 0) {
          return Optional.of(body.form());
        }
        body.add(chunk, read);
        if (System.nanoTime() - start > time.toNanos()) {
          throw tooSlow();
        }
      }
    } catch (IOException e) {
      throw tooSlow();
    } finally {
      if (waiting) {
        WAITING.release();
      }
    }
  }

  /**
   * Reads as bytes arrive; the request must be in asynchronous mode. The future fails with {@link
   * Refused} as {@link #read} does.
   */
  private static CompletableFuture<Form> readAsync(HttpServletRequest request) throws IOException {
    return readAsync(request, new Body());
  }

  /** Reads what comes after {@code body}. */
  static CompletableFuture<Form> readAsync(HttpServletRequest request, Body body)
      throws IOException {
    Reader reader = new Reader(request.getInputStream(), body);
    reader.in.setReadListener(reader);
    return reader.form;
  }

  /** Refuses what need not be read to be refused. */
  private static void check(HttpServletRequest request) {
    if (!isForm(request.getContentType())) {
      throw new Refused(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
    }
    if (request.getContentLengthLong() > LIMIT) {
      throw new Refused(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
    }
  }

  /** The client was too slow, or went away: as Tomcat answers when a blocking read ends so. */
  static Refused tooSlow() {
    return new Refused(HttpServletResponse.SC_REQUEST_TIMEOUT);
  }

  /**
   * Goes asynchronous and reads as bytes arrive; then {@code answer} is called, which must not
   * block. Whatever keeps the form from being read is answered here.
   */
  static void answerRead(
      HttpServletRequest request,
      HttpServletResponse response,
      String model,
      BiConsumer<Request, AsyncRequest> answer)
      throws ServletException, IOException {
    try {
      check(request);
    } catch (Refused e) {
      answerUnread(Failure.reply(e), request, response);
      return;
    }
    Request withoutForm = Request.of(request, model, null);
    AsyncRequest async = AsyncRequest.start(request);
    var unused =
        Limits.of(request)
            .body(readAsync(request))
            .whenComplete(
                (form, failure) -> {
                  if (failure == null) {
                    answer.accept(withoutForm.with(form), async);
                  } else {
                    async.end(Failure.reply(failure));
                  }
                });
  }

  /**
   * Answers a request whose body nobody wants. Tomcat would take the rest of it on this thread, for
   * as long as the client sends; a listener takes it as it comes. Where the connection ends with
   * the answer, that is given at once.
   */
  static void answerUnread(Reply reply, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    long length = request.getContentLengthLong();
    boolean none = length == 0 || (length < 0 && request.getHeader("Transfer-Encoding") == null);
    if (none
        || !request.isAsyncSupported()
        || request.getDispatcherType() != DispatcherType.REQUEST) {
      reply.writeOrFail(request, response);
      return;
    }
    AsyncRequest async = AsyncRequest.start(request);
    if (reply.endsConnection()) {
      request.getInputStream().setReadListener(NONE);
      async.end(reply);
      return;
    }
    var unused =
        Limits.of(request)
            .body(readAsync(request))
            .whenComplete(
                (form, failure) -> async.end(failure == null ? reply : Failure.reply(failure)));
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

  /** The bytes so far. */
  static final class Body {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    void add(byte[] chunk, int length) {
      bytes.write(chunk, 0, length);
      if (bytes.size() > LIMIT) {
        throw new Refused(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
      }
    }

    Form form() {
      return Form.parse(bytes.toByteArray());
    }
  }

  private static final class Reader implements ReadListener {
    private final ServletInputStream in;
    private final CompletableFuture<Form> form = new CompletableFuture<>();
    private final Body body;
    private final byte[] chunk = new byte[CHUNK];

    Reader(ServletInputStream in, Body body) {
      this.in = in;
      this.body = body;
    }

    @Override
    public void onDataAvailable() throws IOException {
      try {
        while (!form.isDone() && in.isReady() && !in.isFinished()) {
          body.add(chunk, Math.max(0, in.read(chunk)));
        }
      } catch (Refused e) {
        form.completeExceptionally(e);
      }
    }

    @Override
    public void onAllDataRead() {
      form.complete(body.form());
    }

    @Override
    public void onError(Throwable failure) {
      form.completeExceptionally(tooSlow());
    }
  }
}
