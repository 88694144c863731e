package crossover.webapp.model;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** An answer as a value: made on any thread, written by the one thread that owns the response. */
public final class Reply implements Rendering {
  /** The type of every page, as the JSPs declare it. */
  private static final String HTML = "text/html;charset=UTF-8";

  private final int status;
  private final Header headers;
  private final String jsp;
  private final Map<String, Object> attributes;
  private final byte[] html;
  private final Function<byte[], CompletableFuture<Void>> keeper;

  private record Header(String name, String value, Header next) {}

  private Reply(
      int status,
      Header headers,
      String jsp,
      Map<String, Object> attributes,
      byte[] html,
      Function<byte[], CompletableFuture<Void>> keeper) {
    this.status = status;
    this.headers = headers;
    this.jsp = jsp;
    this.attributes = attributes;
    this.html = html;
    this.keeper = keeper;
  }

  /** A page of {@code /WEB-INF/jsp}, with the attributes that it shows. */
  public static Reply page(int status, String jsp, Map<String, Object> attributes) {
    return new Reply(status, null, jsp, attributes, null, null);
  }

  /** The page that says what went wrong. */
  public static Reply error(int status) {
    Reply page = new Reply(status, null, null, Map.of(), ErrorPage.of(status), null);
    return status == HttpServletResponse.SC_SERVICE_UNAVAILABLE
        ? page.with("Retry-After", "1")
        : page;
  }

  /** 303: the client shall GET the location. */
  public static Reply seeOther(String location) {
    return new Reply(HttpServletResponse.SC_SEE_OTHER, null, null, Map.of(), null, null)
        .with("Location", location);
  }

  /** A page that was rendered before. */
  public static Reply rendered(byte[] html) {
    return new Reply(HttpServletResponse.SC_OK, null, null, Map.of(), html, null);
  }

  /** The same with one header more. */
  public Reply with(String header, String value) {
    return new Reply(status, new Header(header, value, headers), jsp, attributes, html, keeper);
  }

  /**
   * The same page, sent when the keeper has ended, whether it could keep the bytes or not: it may
   * fail, but not throw. The keeper of a blocking view has ended when it returns.
   */
  public Reply kept(Function<byte[], CompletableFuture<Void>> keeper) {
    return new Reply(status, headers, jsp, attributes, html, keeper);
  }

  /** Tomcat closes the connection after these: what of a body is left there means nothing. */
  boolean endsConnection() {
    return switch (status) {
      case 400, 408, 413, 500, 503 -> true;
      default -> false;
    };
  }

  boolean isKept() {
    return keeper != null;
  }

  /** Whether to write this renders nothing and stays in the response's buffer: it cannot block. */
  boolean fits(HttpServletResponse response) {
    return jsp == null && (html == null || html.length < response.getBufferSize());
  }

  /** The same with its page as bytes; nothing is written, so it cannot block. */
  Reply rendered(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (jsp == null) {
      return this;
    }
    BufferedResponse page = new BufferedResponse(response);
    attributes.forEach(request::setAttribute);
    // Included, since a forward would end the response.
    Jsp.dispatcher(request, jsp).include(request, page);
    byte[] bytes = page.bytes();
    if (bytes.length == 0) {
      // The JSP stops with its application, and writes nothing.
      return error(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
    return new Reply(status, headers, null, Map.of(), bytes, keeper);
  }

  /** Has its bytes kept; complete when the keeper has ended. */
  CompletableFuture<Void> keep() {
    return keeper.apply(html);
  }

  /** Writes the answer. Blocks for as long as the client is slow to read, or the keeper to keep. */
  @Override
  public void write(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (isKept() && jsp != null) {
      Reply page = rendered(request, response);
      if (page.isKept()) {
        var unused = page.keep();
      }
      page.write(request, response);
      return;
    }
    response.setStatus(status);
    for (Header header = headers; header != null; header = header.next) {
      response.setHeader(header.name, header.value);
    }
    if (jsp != null) {
      PageHeaders.set(response);
      attributes.forEach(request::setAttribute);
      Jsp.dispatcher(request, jsp).forward(request, response);
    } else if (html != null) {
      PageHeaders.set(response);
      response.setContentType(HTML);
      // Without its length: a long page that is written as it is rendered has none either.
      response.getOutputStream().write(html);
    }
  }
}
