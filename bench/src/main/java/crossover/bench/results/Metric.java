package crossover.bench.results;

import com.fasterxml.jackson.annotation.JsonValue;
import crossover.bench.results.SliceLine.Phase;
import java.util.function.ToDoubleFunction;

/** What two arms are compared by. */
@SuppressWarnings("ImmutableEnumChecker") // the functions capture nothing
public enum Metric {
  /** Requests per second of the closed loop. */
  THROUGHPUT("throughput", Phase.CLOSED, true, s -> s.load().throughput()),
  /**
   * Requests per second that one core of the server could serve: 1 ÷ server CPU per request, once
   * nothing is left to compile.
   */
  CAPACITY("capacity", Phase.CLOSED, true, s -> s.load().requests() / s.servingSeconds()),
  P50("p50", Phase.OPEN, false, s -> s.load().p50Millis()),
  P90("p90", Phase.OPEN, false, s -> s.load().p90Millis()),
  P99("p99", Phase.OPEN, false, s -> s.load().p99Millis()),
  P999("p99.9", Phase.OPEN, false, s -> s.load().p999Millis());

  private final String label;
  private final Phase phase;
  private final boolean higherIsFaster;
  private final ToDoubleFunction<SliceLine> figure;

  Metric(String label, Phase phase, boolean higherIsFaster, ToDoubleFunction<SliceLine> figure) {
    this.label = label;
    this.phase = phase;
    this.higherIsFaster = higherIsFaster;
    this.figure = figure;
  }

  /** The name for tables and files. */
  @JsonValue
  public String label() {
    return label;
  }

  /** The slices that it is measured in. */
  public Phase phase() {
    return phase;
  }

  public boolean higherIsFaster() {
    return higherIsFaster;
  }

  /** The figure of a slice; NaN where it is not known. */
  public double of(SliceLine slice) {
    return figure.applyAsDouble(slice);
  }
}
