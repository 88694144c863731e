package crossover.bench.load;

/** What makes the load of a slice: JMeter's engine in one process, or in several. */
public interface Engine extends AutoCloseable {
  /**
   * Runs one slice and waits for its end.
   *
   * @throws GeneratorFailure when the plan cannot be measured, or nothing is left to measure with
   */
  Slice run(Traffic traffic, Window window);

  @Override
  void close();
}
