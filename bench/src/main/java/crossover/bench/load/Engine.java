package crossover.bench.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What makes the load of a slice: JMeter's engine in one process, or in several. */
public interface Engine extends AutoCloseable {
  /** Most of an engine is compiled after so many seconds of load on all cores. */
  double WARM_UP_SECONDS = 4;

  /**
   * Runs one slice and waits for its end.
   *
   * @throws GeneratorFailure when the plan cannot be measured, or nothing is left to measure with
   */
  Slice run(Traffic traffic, Window window);

  /** Runs a slice against a {@link Responder}, or one for each process where there are several. */
  Slice alone(Traffic traffic);

  /**
   * The engine's own limit: a closed slice against a server that does nothing but answer. What it
   * says of throughput and CPU per request is the engine's alone.
   *
   * @param properties for the plan; host and port are replaced
   */
  default Slice limit(Path plan, Map<String, String> properties, int users, double seconds) {
    return alone(Traffic.closed(plan, properties, users, seconds / 2, seconds).unpaused());
  }

  /**
   * Has the engine compile itself, against the server of {@link #limit}.
   *
   * @param open whether it will also send at times of their own
   * @param most so many seconds, and half of it at times of their own; of more than 4 it needs 4
   */
  default void warmUp(
      Path plan, Map<String, String> properties, int users, boolean open, double most) {
    double seconds = Math.min(WARM_UP_SECONDS, most);
    alone(Traffic.closed(plan, properties, users, 0, seconds).unpaused());
    if (open) {
      alone(Traffic.open(plan, properties, users, 1_000, 0, seconds / 2));
    }
  }

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
