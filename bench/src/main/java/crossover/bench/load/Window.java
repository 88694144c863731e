package crossover.bench.load;

/** Told when the measured window of a slice opens and closes: the moments to read counters at. */
public interface Window {
  /** Nobody listens. */
  Window UNWATCHED =
      new Window() {
        @Override
        public void opens() {}

        @Override
        public void closes() {}
      };

  /** The window opens now; called before {@link Generator#run} returns, on its thread. */
  void opens();

  /** The window closes now. */
  void closes();
}
