package crossover.webapp.model;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** An answer as a value: made on any thread, sent by the one thread that owns the response. */
public sealed interface Reply {
  /** The type of every page, as the JSPs declare it. */
  String HTML = "text/html;charset=UTF-8";

  /** Writes the answer. Blocks for as long as the client is slow to read. */
  void send(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException;

  /** A page of {@code /WEB-INF/jsp}, with the attributes that it shows. */
  static Page page(int status, String jsp, Map<String, Object> attributes) {
    return new Page(status, jsp, attributes);
  }

  /** The page that says what went wrong, by its status only: no trace, no version, no path. */
  static Reply error(int status) {
    Page page = page(status, "error.jsp", Map.of("status", status));
    return status == HttpServletResponse.SC_SERVICE_UNAVAILABLE
        ? page.with("Retry-After", "1")
        : page;
  }

  /** 303: the client shall GET the location. */
  static Reply seeOther(String location) {
    return new Empty(HttpServletResponse.SC_SEE_OTHER).with("Location", location);
  }

  /** A page that was rendered before. */
  static Reply rendered(byte[] html) {
    return new Rendered(html);
  }

  default Reply with(String header, String value) {
    return new Headed(this, header, value);
  }

  /** Rendered by a JSP. */
  record Page(int status, String jsp, Map<String, Object> attributes) implements Reply {
    @Override
    public void send(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      prepare(request, response).forward(request, response);
    }

    /** The same page, sent when {@code keeper} has kept its bytes. */
    public Reply kept(Function<byte[], CompletableFuture<Void>> keeper) {
      return new Kept(this, keeper);
    }

    private RequestDispatcher prepare(HttpServletRequest request, HttpServletResponse response) {
      response.setStatus(status);
      attributes.forEach(request::setAttribute);
      return request.getRequestDispatcher("/WEB-INF/jsp/" + jsp);
    }
  }

  /** A status and no body. */
  record Empty(int status) implements Reply {
    @Override
    public void send(HttpServletRequest request, HttpServletResponse response) {
      response.setStatus(status);
    }
  }

  /** Bytes of a page. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, and copying it would cost the hit.
  record Rendered(byte[] html) implements Reply {
    @Override
    public void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
      response.setContentType(HTML);
      response.setContentLength(html.length);
      response.getOutputStream().write(html);
    }
  }

  /** An answer with one header more. */
  record Headed(Reply reply, String header, String value) implements Reply {
    @Override
    public void send(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      response.setHeader(header, value);
      reply.send(request, response);
    }
  }

  /**
   * A page that is rendered into memory first; included, since a forward would end the response.
   */
  record Kept(Page page, Function<byte[], CompletableFuture<Void>> keeper) implements Reply {
    @Override
    public void send(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      Recording recording = new Recording(response);
      page.prepare(request, response).include(request, recording);
      byte[] html = recording.bytes();
      Reply rendered = new Rendered(html);
      CompletableFuture<Void> kept = keeper.apply(html);
      if (kept.isDone()) {
        rendered.send(request, response);
      } else {
        AsyncContext async = AsyncServlet.start(request);
        var unused = kept.thenRun(() -> AsyncServlet.dispatch(async, rendered));
      }
    }
  }
}
