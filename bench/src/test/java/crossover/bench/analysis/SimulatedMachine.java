package crossover.bench.analysis;

import crossover.bench.experiment.Schedule;
import crossover.bench.stats.BlockDesign.Spot;
import crossover.bench.stats.BlockDesign.Value;
import crossover.bench.stats.PassMeans;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An experiment on a machine whose speed wanders. A slice's logarithm is the sum of a drift,
 * autocorrelated noise (a busy host), white noise, the arm's effect, the luck of its JVM in this
 * round, and what its place in the round costs. With these figures a slice varies by 15 % and the
 * ratio of two neighbours by 6 %, as measured on two shared cores.
 */
final class SimulatedMachine {
  private static final double WANDERING = 0.15;
  private static final double AUTOCORRELATION = 0.95;
  private static final double WHITE = 0.03;
  private static final double DRIFT_A_SLICE = -0.002;
  private static final double COST_OF_A_PLACE = 0.03;
  private static final double JVM_LUCK = 0.02;

  private final Random random;
  private final double[] effects;
  private double wander;
  private double drift;

  /**
   * @param effects of the arms, as logarithms
   */
  SimulatedMachine(Random random, double... effects) {
    this.random = random;
    this.effects = effects;
    wander = WANDERING * random.nextGaussian();
  }

  /** The rounds of a run, slices one after the other. */
  List<Value> run(Schedule schedule, int rounds, int passes) {
    List<Value> run = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      int[] order = schedule.order(round);
      double[] luck = new double[effects.length];
      for (int arm = 0; arm < effects.length; arm++) {
        luck[arm] = JVM_LUCK * random.nextGaussian();
      }
      double[][] slices = new double[effects.length][passes];
      for (int pass = 0; pass < passes; pass++) {
        for (int place = 0; place < order.length; place++) {
          int arm = order[place];
          slices[arm][pass] = slice(place) + effects[arm] + luck[arm];
        }
      }
      double[] means = PassMeans.of(slices);
      for (int place = 0; place < order.length; place++) {
        run.add(new Value(new Spot(round, 1, order[place], place), means[order[place]]));
      }
    }
    return run;
  }

  /** The logarithm of the next slice of an arm without any effect. */
  double slice(int place) {
    double innovation = WANDERING * Math.sqrt(1 - AUTOCORRELATION * AUTOCORRELATION);
    wander = AUTOCORRELATION * wander + innovation * random.nextGaussian();
    drift += DRIFT_A_SLICE;
    return wander + drift + WHITE * random.nextGaussian() - COST_OF_A_PLACE * place;
  }
}
