package crossover.bench.war;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.TreeMap;

/** HTTP by hand: requests that no client library would send, and answers as the bytes that came. */
final class Http implements AutoCloseable {
  static final String FORM = "application/x-www-form-urlencoded";

  /** Longer than any time limit of the application: what takes this long was never answered. */
  private static final int SILENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  /** Headers are without Date, their names in any case. */
  record Answer(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.get(name);
    }
  }

  Http(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(SILENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  static Answer get(int port, String path) throws IOException {
    return exchange(port, "GET", path, "");
  }

  static Answer exchange(int port, String method, String path, String headers) throws IOException {
    try (Http http = new Http(port)) {
      return http.send(method, path, headers, new byte[0]);
    }
  }

  static Answer post(int port, String path, String type, byte[] body) throws IOException {
    try (Http http = new Http(port)) {
      String headers = "Content-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n";
      return http.send("POST", path, headers, body);
    }
  }

  /** Sends a request and reads its whole answer; the connection stays. */
  Answer send(String method, String path, String headers, byte[] body) throws IOException {
    write(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    socket.getOutputStream().write(body);
    return read(method.equals("HEAD"));
  }

  void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  Answer read(boolean withoutBody) throws IOException {
    int status = Integer.parseInt(line().split(" ", -1)[1]);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    headers.remove("Date");
    byte[] body = withoutBody ? new byte[0] : body(headers);
    return new Answer(status, headers, new String(body, UTF_8));
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if ("chunked".equals(headers.get("Transfer-Encoding"))) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (int size = chunk(); size > 0; size = chunk()) {
        body.write(in.readNBytes(size));
        line();
      }
      line();
      return body.toByteArray();
    }
    return in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("The connection ended after \"" + line + "\"");
      }
      line.append((char) b);
    }
    return line.toString().strip();
  }

  /** Whether something has come that was not read yet. */
  boolean hasAnswer() throws IOException {
    return in.available() > 0;
  }

  /** Whether the server has ended the connection, and sent nothing more before. */
  boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
