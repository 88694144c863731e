package crossover.webapp.model;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * A response whose text stays in memory. Status and headers go through to the response behind it.
 */
final class BufferedResponse extends HttpServletResponseWrapper {
  private final StringWriter text = new StringWriter(2048);
  private final PrintWriter writer = new PrintWriter(text);

  BufferedResponse(HttpServletResponse response) {
    super(response);
  }

  byte[] bytes() {
    writer.flush();
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public PrintWriter getWriter() {
    return writer;
  }

  @Override
  public ServletOutputStream getOutputStream() {
    throw new IllegalStateException("A JSP writes text, not bytes");
  }

  /** Nothing reaches the client from here, and nothing may commit the response. */
  @Override
  public void flushBuffer() {
    writer.flush();
  }
}
