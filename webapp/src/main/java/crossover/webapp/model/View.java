package crossover.webapp.model;

/** A view that may block: from a request to its answer, on the thread that calls. */
@FunctionalInterface
public interface View {
  /** Throws {@link crossover.webapp.data.Unavailable} when a backend does not answer: a 503. */
  Reply answer(Request request);
}
