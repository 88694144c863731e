package crossover.bench.load;

import java.util.List;
import java.util.Optional;

/** What makes the load of a slice: JMeter's engine in one process, or in several. */
public interface Engine extends AutoCloseable {
  /**
   * Runs one slice and waits for its end.
   *
   * @throws GeneratorFailure when the plan cannot be measured, or nothing is left to measure with
   */
  Slice run(Traffic traffic, Window window);

  /**
   * Connects the users of several closed slices that take turns; empty where this engine cannot
   * have them take turns.
   */
  Optional<Turns> turns(List<Traffic> traffics);

  /** Whether it can run another slice. */
  boolean isAlive();

  @Override
  void close();
}
