package crossover.bench.run;

import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Measurement;
import crossover.bench.load.Engine;
import crossover.bench.results.Results;

/**
 * The round that is being measured, with what makes its load and what takes down its time and its
 * slices.
 *
 * @param definition with the slices as long as they are in this round
 * @param measured what the results hold of it already
 */
record CurrentRound(
    RoundPlan.Entry plan,
    Definition definition,
    MeasuredSlices measured,
    Engine generator,
    Results results,
    RoundClock clock,
    Progress progress) {

  Measurement measurement() {
    return definition.measurement();
  }

  /** Of what is drawn at random in it. */
  long seed() {
    return 31L * definition.seed().orElseThrow() + plan.number();
  }
}
