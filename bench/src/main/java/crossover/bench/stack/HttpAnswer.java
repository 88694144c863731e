package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server answers to one GET request, by which readiness is told.
 *
 * @param beginning of the body
 */
public record HttpAnswer(int status, String beginning) {
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>(.*?)</title>");
  private static final Pattern MARKUP =
      Pattern.compile("(?is)<(style|script)\\b.*?(</\\1>|$)|<[!?/a-z][^>]*>?");

  /** Tomcat's answer to http where it expects TLS; others give none. */
  private static final int BAD_REQUEST = 400;

  static { // in seconds: a Tomcat that stops waits two for connections that are open
    System.setProperty("jdk.httpclient.keepalive.timeout", "1");
  }

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .sslContext(AnyCertificate.context())
          .connectTimeout(LIMIT)
          .build();

  /** As {@link #get}; by https where a server does not understand http. */
  static HttpAnswer getByEither(URI address) throws IOException {
    try {
      HttpAnswer answer = get(address);
      if (answer.status != BAD_REQUEST) {
        return answer;
      }
    } catch (ConnectException | HttpTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // It may speak TLS.
    }
    try {
      return get(URI.create(address.toString().replaceFirst("http:", "https:")));
    } catch (IOException e) {
      return get(address);
    }
  }

  /**
   * Asks once, and follows no redirect.
   *
   * @throws IOException if there is no answer within three seconds
   * @throws StartFailure if the thread is interrupted
   */
  public static HttpAnswer get(URI address) throws IOException {
    URI ascii = URI.create(address.toASCIIString()); // the client makes "?" of other letters
    HttpRequest request = HttpRequest.newBuilder(ascii).timeout(LIMIT).build();
    try {
      HttpResponse<InputStream> response =
          CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        String beginning = new String(body.readNBytes(2_000), UTF_8).strip();
        return new HttpAnswer(response.statusCode(), beginning);
      }
    } catch (ConnectException e) {
      throw new ConnectException("no connection"); // the client gives no message of its own
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("interrupted while waiting for " + address);
    }
  }

  /** Whether it means that the server is ready, where this is the highest status that does. */
  public boolean isReady(int highest) {
    return status >= 200 && status <= highest;
  }

  /** What to do where a server is up, and answers with this to the path of {@code ready}. */
  public static String advice(int status) {
    String other = "name by \"ready\" (--ready) a path that it answers with success";
    boolean served = status / 100 == 3 || Set.of(401, 403, 405).contains(status);
    return served ? other + ", or let this status do: \"PATH " + status + "\"" : other;
  }

  /** With the title of a page, or else the beginning of its text. */
  @Override
  public String toString() {
    Matcher title = TITLE.matcher(beginning);
    String text = title.find() ? title.group(1) : MARKUP.matcher(beginning).replaceAll(" ");
    text = text.strip().replaceAll("\\s+", " ");
    return "status " + status + " " + text.substring(0, Math.min(300, text.length()));
  }
}
