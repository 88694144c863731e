package crossover.bench.load;

import java.io.IOException;

/** Told when the measured window of a slice opens and closes: the moments to read counters at. */
public interface Window {
  /** Nobody listens. */
  Window UNWATCHED = new Window() {};

  /**
   * All users are connected. Returns when they may begin.
   *
   * @param leadIn seconds of load that the window needs before it
   * @return how many it gets, at least so many
   */
  default double connected(double leadIn) throws IOException {
    return leadIn;
  }

  /** The window opens now; called before {@link Generator#run} returns, on its thread. */
  default void opens() {}

  /** The window closes now. */
  default void closes() {}
}
