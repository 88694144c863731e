package crossover.bench.results;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import crossover.bench.experiment.Cell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an experiment found: the content of summary.json, and all that a report is made from. The
 * schema is stable within a format version and described in docs/results-format.md. A figure that
 * is not known is NaN here and null in the file.
 *
 * @param formatVersion {@link Results#FORMAT_VERSION}
 * @param experiment the experiment's name
 * @param question what the experiment asks, in one sentence; null for the standard question
 * @param command the command line that makes these results again, seed included
 * @param smoke a smoke run: everything works, the figures prove nothing
 * @param environment the file that describes the machine
 * @param baseline the arm that every other is compared with
 * @param generatorLimit null when it was not measured
 * @param notices what a reader must know: skipped arms, pinning that was not possible, …
 * @param fit whether every arm was measured and every gate passed, so that the figures may be
 *     relied on
 * @param withoutBaseline where the baseline has no usable slice in a cell: the other arms with each
 *     other, in the family of the primary comparisons
 * @param calibration null when this machine was not calibrated
 * @param time how the time of the run was spent
 * @param missingRounds of those planned: more than 0 for a run that is not finished
 * @param labels of plans that send more than one kind of request; else empty
 * @param limits what the user allowed, and what became of it; may be empty
 * @param history this run among others; null where the user named no store
 */
public record Summary(
    int formatVersion,
    String experiment,
    String question,
    Instant started,
    Instant finished,
    long seed,
    String command,
    boolean smoke,
    String environment,
    String baseline,
    List<Arm> arms,
    GeneratorLimit generatorLimit,
    List<String> notices,
    List<Comparison> comparisons,
    List<Comparison> withoutBaseline,
    List<Contrast> contrasts,
    List<ArmInCell> cells,
    List<Gate> gates,
    boolean fit,
    MachineCalibration calibration,
    Time time,
    int missingRounds,
    List<Label> labels,
    List<Limit> limits,
    History history) {

  /** The same, held against what the user allowed, and among other runs. */
  public Summary with(List<Limit> judged, History among) {
    return new Summary(
        formatVersion,
        experiment,
        question,
        started,
        finished,
        seed,
        command,
        smoke,
        environment,
        baseline,
        arms,
        generatorLimit,
        notices,
        comparisons,
        withoutBaseline,
        contrasts,
        cells,
        gates,
        fit,
        calibration,
        time,
        missingRounds,
        labels,
        judged,
        among);
  }

  /** Every cell that was measured, in the order of measuring. */
  public List<Cell.Id> measured() {
    return cells.stream().map(ArmInCell::cell).distinct().toList();
  }

  /** What was measured in a cell, in the order of the arms. */
  public List<ArmInCell> in(Cell.Id cell) {
    return cells.stream().filter(c -> c.cell().equals(cell)).toList();
  }

  public Optional<ArmInCell> in(Cell.Id cell, String arm) {
    return in(cell).stream().filter(c -> c.arm().equals(arm)).findFirst();
  }

  public boolean refuses(Cell.Id cell, String arm) {
    return in(cell, arm).filter(ArmInCell::refuses).isPresent();
  }

  public List<Comparison> primary(Cell.Id cell) {
    return comparisons.stream().filter(c -> c.primary() && c.cell().equals(cell)).toList();
  }

  /** The other arms of a cell with each other, where the baseline has no usable slice in it. */
  public List<Comparison> withoutBaseline(Cell.Id cell) {
    return withoutBaseline.stream().filter(c -> c.cell().equals(cell)).toList();
  }

  public Optional<Comparison> primary(Cell.Id cell, String arm) {
    return primary(cell).stream().filter(c -> c.candidate().equals(arm)).findFirst();
  }

  public List<Comparison> exploratory(Cell.Id cell) {
    return comparisons.stream().filter(c -> !c.primary() && c.cell().equals(cell)).toList();
  }

  /** What else was asked of the arms of a cell. */
  public List<Contrast> contrasts(Cell.Id cell) {
    return contrasts.stream().filter(c -> c.cell().equals(cell)).toList();
  }

  /**
   * What was compared, in the experiment's order.
   *
   * @param description one short sentence, or null
   * @param warmUp null where it was not warmed up
   */
  public record Arm(String name, String description, WarmUp warmUp) {}

  /**
   * Seconds of wall time.
   *
   * @param measured under load whose slices are analysed
   * @param warmUp under load that warms up
   * @param other starting, connecting, waiting, and measuring the generator's limit
   */
  public record Time(double measured, double warmUp, double other) {
    public double total() {
      return measured + warmUp + other;
    }
  }

  /**
   * One kind of request, or transaction, of a plan on one arm in a cell.
   *
   * @param meanMillis response time, over the slices
   * @param p50Millis the mean of the slices' medians
   * @param p99Millis the mean of the slices' 99th percentiles
   */
  public record Label(
      @JsonUnwrapped Cell.Id cell,
      String arm,
      String label,
      long requests,
      long errors,
      double meanMillis,
      double p50Millis,
      double p99Millis) {}

  /** What the generator manages against a trivial URL. */
  public record GeneratorLimit(double requestsPerSecond, double cpuMillisPerRequest) {}

  /**
   * A further question that the experiment asks of its arms in one place: what a step from one arm
   * to another is worth, or how much more than the same step elsewhere. Exploratory; the fields
   * that a {@link Comparison} has too mean the same.
   *
   * @param name what is asked
   * @param formula such as "(a ÷ b) ÷ (c ÷ d)"
   * @param arms all that stand in it
   */
  public record Contrast(
      String name,
      String formula,
      List<String> arms,
      @JsonUnwrapped Cell.Id cell,
      Metric metric,
      boolean higherIsFaster,
      int rounds,
      double ratio,
      double low,
      double high,
      double margin,
      Verdict verdict,
      boolean immaterial,
      int furtherRounds) {

    /** The verdict on what matters in practice: a difference within the margin is none. */
    public Verdict conclusion() {
      return immaterial ? Verdict.EQUIVALENT : verdict;
    }

    public String qualifiedVerdict() {
      return Comparison.qualified(verdict, immaterial, furtherRounds);
    }
  }

  /**
   * How an arm was warmed up.
   *
   * @param rounds with a warm-up
   * @param warm those of them that ended because the arm was warm; the others ended at their bound
   * @param meanSeconds under load, on average over the rounds
   * @param mostSeconds the longest
   */
  public record WarmUp(int rounds, int warm, double meanSeconds, double mostSeconds) {}

  /**
   * A rule that the measurement must pass to be valid.
   *
   * @param cell where it was worst, such as "get · localhost · native"; null when it is about the
   *     whole run
   * @param figure what was found there
   * @param limit what is allowed
   * @param sentence both of them in words
   */
  public record Gate(
      String name, String cell, double figure, double limit, boolean passed, String sentence) {}
}
