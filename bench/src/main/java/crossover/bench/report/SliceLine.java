package crossover.bench.report;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One line of slices.jsonl: one slice, where it stood in the experiment, what the generator saw and
 * what the server used.
 *
 * @param round 1, 2, … over the whole experiment
 * @param pass 1, 2, …: how often this arm has been measured in this round, this one included
 * @param day 1, or more for rounds that {@code --append} added
 * @param place 1, 2, …: where the arm stood in the order of its pass
 * @param order the arms in the order of this pass
 * @param phase "warmup", "closed" or "open"; warm-up is kept, never analysed
 * @param load what the generator reports: the record crossover.bench.load.Slice
 * @param usage what the server and the backends used meanwhile: crossover.bench.probe.Usage; null
 *     where nothing could be measured
 * @param invalidReason why the slice is not used; null when valid
 */
public record SliceLine(
    int round,
    int pass,
    int day,
    int place,
    String view,
    String site,
    int users,
    String arm,
    String phase,
    List<String> order,
    Instant start,
    JsonNode load,
    JsonNode usage,
    boolean valid,
    String invalidReason) {

  /** A null in the file is null here. */
  public SliceLine {
    load = load == null || load.isNull() ? null : load;
    usage = usage == null || usage.isNull() ? null : usage;
    order = order == null ? List.of() : List.copyOf(order);
  }
}
