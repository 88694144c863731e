package crossover.webapp.model;

import jakarta.servlet.http.HttpServletRequest;

/**
 * What a view needs of a request, copied out of the container's object: a view may still run on a
 * worker when the deadline has passed and the container has given its request object to somebody
 * else.
 *
 * @param base the path of the model, context path included: {@code /crossover/sync}
 * @param path what follows the view's own path, {@code /17}, or empty
 * @param form the form posted, or null for a GET
 * @param asked when it had arrived, its form too, in {@link System#nanoTime}: its time limit counts
 *     from then
 */
public record Request(String base, String path, Form form, long asked) {

  static Request of(HttpServletRequest request, String model, Form form) {
    String path = request.getPathInfo();
    return new Request(
        request.getContextPath() + model, path == null ? "" : path, form, System.nanoTime());
  }

  Request with(Form body) {
    return new Request(base, path, body, System.nanoTime());
  }
}
