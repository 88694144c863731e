package crossover.webapp.model;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The page that says what went wrong, by its status only: no trace, no version, no path. No JSP: to
 * refuse a request must cost less than to answer it.
 */
final class ErrorPage {
  private static final Map<Integer, byte[]> PAGES = new ConcurrentHashMap<>();

  private ErrorPage() {}

  static byte[] of(int status) {
    return PAGES.computeIfAbsent(status, ErrorPage::html);
  }

  private static byte[] html(int status) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>{status}</title>
        </head>
        <body>
          <h1>{message}</h1>
          <p>{status}</p>
        </body>
        </html>
        """
        .replace("{status}", Integer.toString(status))
        .replace("{message}", message(status))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String message(int status) {
    return switch (status) {
      case 404 -> "There is no such page";
      case 405 -> "This page does not answer that method";
      case 408 -> "The request took too long to arrive";
      case 413 -> "That is more than this form takes";
      case 415 -> "Only a form is understood here";
      case 503 -> "Not available right now, try again in a moment";
      default -> status >= 500 ? "Something went wrong here" : "That request was not understood";
    };
  }
}
