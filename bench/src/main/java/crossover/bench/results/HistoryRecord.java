package crossover.bench.results;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import crossover.bench.experiment.Cell;
import crossover.bench.probe.Machine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One run in a {@link HistoryStore}. Described in docs/results-format.md.
 *
 * @param at when the run started; rounds that were appended later do not change it
 * @param name of the experiment
 * @param experiment a digest of all that was measured and how, but for the WARs
 * @param machines this one, then those of sites and load machines elsewhere
 * @param baseline the arm that all others are compared with
 * @param wars digests of the WARs' content, by arm; those that are known
 * @param estimates those that are valid and have an interval
 */
public record HistoryRecord(
    int formatVersion,
    Instant at,
    long seed,
    String name,
    String experiment,
    List<Machine> machines,
    String baseline,
    Map<String, String> wars,
    List<Ratio> estimates) {

  /** One arm against the baseline in one metric; its fields are those of {@link Comparison}. */
  public record Ratio(
      @JsonUnwrapped Cell.Id cell,
      String arm,
      Metric metric,
      int rounds,
      double ratio,
      double low,
      double high) {
    /** Refuses what belongs to no series. */
    public Ratio {
      Objects.requireNonNull(cell);
      Objects.requireNonNull(arm);
      Objects.requireNonNull(metric);
    }

    /** Whether it has an interval. */
    boolean isKnown() {
      return ratio > 0 && low > 0 && Double.isFinite(ratio) && Double.isFinite(high);
    }
  }

  /** Refuses what could not be told from other records. */
  public HistoryRecord {
    Objects.requireNonNull(at);
    Objects.requireNonNull(experiment);
    machines = List.copyOf(machines);
    wars = Map.copyOf(wars);
    estimates = estimates.stream().filter(Ratio::isKnown).toList();
  }

  /**
   * Whether the other record tells of the same experiment on machines alike. A later kernel or
   * distribution makes no other machine.
   */
  public boolean isComparable(HistoryRecord other) {
    return experiment.equals(other.experiment) && hardware().equals(other.hardware());
  }

  private List<String> hardware() {
    return machines.stream().map(Machine::hardware).toList();
  }

  /** The same for every report of one run, and another for every other run. */
  String fileName() {
    String time = at.toString().replaceAll("[^0-9TZ]", "").replaceFirst("(T\\d{6})\\d*", "$1");
    String run = ContentDigest.of(at + " " + seed + " " + experiment + " " + machines);
    return time + "-" + name + "-" + run + ".json";
  }
}
