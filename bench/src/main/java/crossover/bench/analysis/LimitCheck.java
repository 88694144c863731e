package crossover.bench.analysis;

import static crossover.bench.text.Text.format;
import static crossover.bench.text.Text.rounded;

import crossover.bench.experiment.Limits;
import crossover.bench.results.ArmInCell;
import crossover.bench.results.Comparison;
import crossover.bench.results.Estimate;
import crossover.bench.results.Limit;
import crossover.bench.results.Limit.Outcome;
import crossover.bench.results.Metric;
import crossover.bench.results.Summary;
import crossover.bench.results.Verdict;
import crossover.bench.stats.CriticalValues;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the user allows, held against what was found of every arm but the baseline, in every cell.
 * An interval decides, never a figure alone: a limit inside of it is undecided.
 */
public final class LimitCheck {
  private static final Set<Metric> RESPONSE_TIMES = EnumSet.of(Metric.P50, Metric.P99);

  /**
   * By Student's t, that any response time of a run fails although it is at the limit: shared among
   * all. Simulated it is 0.5 to 0.7 % of two and 1.1 % of 30 (docs/compare.md).
   */
  private static final double CHANCE = 0.005;

  private static final int MOST_ROUNDS = 1000;

  private final Summary summary;
  private final List<Limit> found = new ArrayList<>();

  private LimitCheck(Summary summary) {
    this.summary = summary;
  }

  /** By limit, then by cell and arm; empty where the user set none. */
  public static List<Limit> of(Limits limits, Summary summary) {
    LimitCheck check = new LimitCheck(summary);
    List<ArmInCell> candidates =
        summary.cells().stream().filter(c -> !c.arm().equals(summary.baseline())).toList();
    limits.slowdown().ifPresent(most -> candidates.forEach(arm -> check.slowdown(arm, most)));
    limits.p99Millis().ifPresent(most -> candidates.forEach(arm -> check.p99(arm, most)));
    if (limits.noErrors()) {
      candidates.forEach(check::errors);
    }
    return List.copyOf(check.found);
  }

  private void add(String option, ArmInCell arm, Outcome outcome, String sentence) {
    String cell = arm.cell() + " · " + arm.arm();
    found.add(new Limit(option, cell, outcome, cell + ": " + sentence));
  }

  private void slowdown(ArmInCell arm, double most) {
    String option = "--max-slowdown";
    Optional<Comparison> compared = summary.primary(arm.cell(), arm.arm());
    if (compared.filter(LimitCheck::isJudged).isEmpty()) {
      String why = "it was not validly compared with the baseline in 3 rounds or more.";
      add(option, arm, Outcome.NOT_JUDGED, why);
      return;
    }
    Comparison c = compared.get();
    double limit = c.higherIsFaster() ? 1 - most : 1 + most;
    double within = (c.higherIsFaster() ? 1 : -1) * (Math.log(c.ratio()) - Math.log(limit));
    double half = c.critical() * c.standardError();
    add(
        option,
        arm,
        outcome(within, half),
        format(
            "%s is %.3f of %s's (%.3f – %.3f), and may be %.3f at the %s (%s %% slower)%s.",
            c.metric().label(),
            c.ratio(),
            c.baseline(),
            c.low(),
            c.high(),
            limit,
            c.higherIsFaster() ? "least" : "most",
            rounded(100 * most, 4),
            further(within, half, c.critical(), c.rounds())));
    summary.exploratory(arm.cell()).stream()
        .filter(other -> other.candidate().equals(arm.arm()) && isWait(other))
        .forEach(other -> responseTime(arm, other, most));
  }

  private static boolean isWait(Comparison c) {
    return !c.primary() && RESPONSE_TIMES.contains(c.metric()) && isJudged(c);
  }

  private static boolean isJudged(Comparison c) {
    return c.verdict() != Verdict.NOT_VALID && Double.isFinite(c.low());
  }

  /**
   * A wait does not lower the throughput of a busy server, but the users wait. It can only fail,
   * and rarely by chance: the interval is that of Bonferroni (Dunn, JASA 56, 1961) for all response
   * times of the run.
   */
  private void responseTime(ArmInCell arm, Comparison c, double most) {
    double chance = CHANCE / summary.comparisons().stream().filter(LimitCheck::isWait).count();
    double half = CriticalValues.oneSided(c.critical(), chance) * c.standardError();
    double beyond = Math.log(c.ratio()) - Math.log1p(most);
    if (beyond > half) {
      add(
          "--max-slowdown",
          arm,
          Outcome.FAILED,
          format(
              "%s at a fixed rate is %.3f of %s's (%.3f – %.3f), and may be %.3f at the most.",
              c.metric().label(),
              c.ratio(),
              c.baseline(),
              c.ratio() * Math.exp(-half),
              c.ratio() * Math.exp(half),
              1 + most));
    }
  }

  private void p99(ArmInCell arm, double most) {
    String option = "--max-p99";
    String cell = arm.cell() + " · " + arm.arm();
    boolean valid = summary.gates().stream().noneMatch(g -> !g.passed() && cell.equals(g.cell()));
    Estimate p99 = arm.latency() == null ? Estimate.UNKNOWN : arm.latency().p99();
    if (!valid || !Double.isFinite(p99.low())) {
      String unknown = "a p99 needs 10,000 requests at a fixed rate, its interval 3 rounds.";
      add(option, arm, Outcome.NOT_JUDGED, valid ? unknown : "its measurement is not valid.");
      return;
    }
    double within = most - p99.value();
    double half = within > 0 ? p99.high() - p99.value() : p99.value() - p99.low();
    add(
        option,
        arm,
        outcome(within, half),
        format(
            "p99 is %s ms (%s – %s) at %s requests/s, and may be %s ms at the most%s.",
            rounded(p99.value(), 4),
            rounded(p99.low(), 4),
            rounded(p99.high(), 4),
            rounded(arm.latency().offeredRate(), 4),
            rounded(most, 4),
            further(within, half, 2, arm.rounds())));
  }

  private void errors(ArmInCell arm) {
    Outcome outcome = arm.errors() > 0 ? Outcome.FAILED : Outcome.PASSED;
    add(
        "--max-errors",
        arm,
        arm.requests() + arm.errors() == 0 ? Outcome.NOT_JUDGED : outcome,
        arm.errors() + " requests failed, and none may.");
  }

  private static Outcome outcome(double within, double half) {
    if (within >= half) {
      return Outcome.PASSED;
    }
    return within < -half ? Outcome.FAILED : Outcome.UNDECIDED;
  }

  /** What would probably decide it, with the noise and the difference so far taken as true. */
  private String further(double within, double half, double critical, int rounds) {
    if (Math.abs(within) >= half) {
      return "";
    }
    double ratio = half * (1 + Comparison.NORMAL_80 / critical) / Math.abs(within);
    double needed = rounds * ratio * ratio;
    if (needed > MOST_ROUNDS) {
      return "; undecided, and so near to the limit that 1,000 rounds would not decide it";
    }
    int more = Math.max(2, 2 * (int) Math.ceil((needed - rounds) / 2));
    double seconds =
        summary.time() == null || rounds == 0 ? Double.NaN : summary.time().total() / rounds * more;
    return format(
        "; undecided: about %1$d more rounds%2$s would probably decide it, by"
            + " ./crossover run --append DIR --rounds %1$d",
        more, Double.isNaN(seconds) ? "" : format(" (%.0f min)", Math.max(1, seconds / 60)));
  }
}
