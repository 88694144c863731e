package crossover.bench.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;

/**
 * Which arm was measured in which round: a randomised block design in which the round is the block
 * and the arm the treatment, fitted by least squares. Complete or not: a contrast that the rounds
 * at hand cannot tell is refused, not guessed.
 *
 * <p>Where slices stand one after the other the place is in the model too, as a straight line over
 * the places of a round with a slope of its own for each day; where arms take turns it cancels.
 */
public final class BlockDesign {

  /**
   * Where one value stands.
   *
   * @param place in the round's order, from 0; the same for all where arms take turns
   */
  public record Spot(int round, int day, int arm, int place) {}

  /** A value, and where it stands. */
  public record Value(Spot spot, double value) {}

  private static final double ZERO = 1e-9;

  final int arms;
  final int size;
  final int df;

  /** Of each value. */
  final int[] arm;

  private final int[] round;
  private final int[] block;
  private final int[] roundSize;

  /** Whether every round has all arms in the same order, and no place is in the model. */
  private final boolean regular;

  /** Of each value: its place, less the mean place of its round. */
  private final double[] place;

  /** Of each block of days: the sum of the squared places; 0 where these tell nothing. */
  private final double[] placeSquares;

  /** From sums over an arm's values, freed of round and place, to the arms' effects. */
  private final double[][] solution;

  /** By two arms: the sum of the squared elements of the residuals' projection; see Variances. */
  final double[][] squaredProjection;

  /** By arm: the sum of the projection's diagonal elements. */
  final double[] diagonal;

  /** Of so many arms, of which some may have no value. */
  public BlockDesign(List<Spot> spots, int arms) {
    this.arms = arms;
    size = spots.size();
    arm = spots.stream().mapToInt(Spot::arm).toArray();
    List<Integer> rounds = spots.stream().map(Spot::round).distinct().toList();
    round = spots.stream().mapToInt(s -> rounds.indexOf(s.round())).toArray();
    roundSize = new int[rounds.size()];
    Arrays.stream(round).forEach(r -> roundSize[r]++);
    Map<Integer, Integer> blocks = DayBlocks.of(spots);
    block = spots.stream().mapToInt(s -> blocks.get(s.day())).toArray();
    place = spots.stream().mapToDouble(Spot::place).toArray();
    placeSquares = new double[spots.isEmpty() ? 0 : Arrays.stream(block).max().orElseThrow() + 1];
    centre(place);
    for (int i = 0; i < size; i++) {
      placeSquares[block[i]] += place[i] * place[i];
    }
    int rank = rounds.size() + (int) Arrays.stream(placeSquares).filter(s -> s > ZERO).count();
    EigenDecompositionSymmetric information =
        new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(information()));
    solution = new double[arms][arms];
    for (int k = 0; k < arms; k++) {
      double value = information.getEigenvalue(k);
      if (value > ZERO) {
        rank++;
        double[] vector = information.getEigenvector(k).toArray();
        for (int a = 0; a < arms; a++) {
          for (int b = 0; b < arms; b++) {
            solution[a][b] += vector[a] * vector[b] / value;
          }
        }
      }
    }
    df = size - rank;
    regular =
        size > 0
            && isComplete()
            && IntStream.range(0, size)
                .allMatch(i -> round[i] == i / arms && arm[i] == arm[i % arms]);
    squaredProjection = new double[arms][arms];
    diagonal = new double[arms];
    double[] effects = new double[arms];
    for (int i = 0; i < size; i++) {
      double[] unit = new double[size];
      unit[i] = 1;
      fit(unit, effects);
      diagonal[arm[i]] += unit[i];
      for (int j = 0; j < size; j++) {
        squaredProjection[arm[i]][arm[j]] += unit[j] * unit[j];
      }
    }
  }

  private double[][] information() {
    double[][] information = new double[arms][arms];
    for (int a = 0; a < arms; a++) {
      double[] column = new double[size];
      for (int i = 0; i < size; i++) {
        column[i] = arm[i] == a ? 1 : 0;
      }
      clean(column);
      // Half to each side: rounding alone would leave the matrix not quite symmetric.
      for (int i = 0; i < size; i++) {
        information[arm[i]][a] += column[i] / 2;
        information[a][arm[i]] += column[i] / 2;
      }
    }
    return information;
  }

  private void centre(double[] values) {
    double[] sums = new double[roundSize.length];
    for (int i = 0; i < size; i++) {
      sums[round[i]] += values[i];
    }
    for (int r = 0; r < sums.length; r++) {
      sums[r] /= roundSize[r];
    }
    for (int i = 0; i < size; i++) {
      values[i] -= sums[round[i]];
    }
  }

  /** Takes the means of the rounds and the slopes over the places out of the values. */
  private void clean(double[] values) {
    centre(values);
    for (int b = 0; b < placeSquares.length; b++) {
      if (placeSquares[b] > ZERO) {
        double slope = slope(values, b);
        for (int i = 0; i < size; i++) {
          values[i] -= block[i] == b ? slope * place[i] : 0;
        }
      }
    }
  }

  private double slope(double[] values, int ofBlock) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += block[i] == ofBlock ? place[i] * values[i] : 0;
    }
    return sum / placeSquares[ofBlock];
  }

  /**
   * Fits the design to values.
   *
   * @param values replaced by the residuals
   * @param effects filled with the arms' effects; only contrasts of them mean something
   */
  void fit(double[] values, double[] effects) {
    clean(values);
    double[] sums = new double[arms];
    for (int i = 0; i < size; i++) {
      sums[arm[i]] += values[i];
    }
    solve(sums, effects);
    if (regular) { // then the mean of the effects is the same in all rounds: simulations live here
      double mean = 0;
      for (int i = 0; i < arms; i++) {
        mean += effects[arm[i]];
      }
      mean /= arms;
      for (int i = 0; i < size; i++) {
        values[i] -= effects[arm[i]] - mean;
      }
      return;
    }
    double[] fitted = ofArms(effects);
    clean(fitted);
    for (int i = 0; i < size; i++) {
      values[i] -= fitted[i];
    }
  }

  private void solve(double[] sums, double[] effects) {
    for (int a = 0; a < arms; a++) {
      effects[a] = 0;
      for (int b = 0; b < arms; b++) {
        effects[a] += solution[a][b] * sums[b];
      }
    }
  }

  private double[] ofArms(double[] effects) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = effects[arm[i]];
    }
    return values;
  }

  /**
   * By arm: the sum of the squared weights of its values in the estimate of a contrast. Empty of
   * meaning (all NaN) where the rounds cannot tell the contrast.
   */
  double[] squaredWeights(double[] contrast) {
    double[] effects = new double[arms];
    solve(contrast, effects);
    double[] weights = ofArms(effects);
    clean(weights);
    double[] sums = new double[arms];
    double[] squares = new double[arms];
    for (int i = 0; i < size; i++) {
      sums[arm[i]] += weights[i];
      squares[arm[i]] += weights[i] * weights[i];
    }
    boolean told =
        IntStream.range(0, arms).allMatch(a -> Math.abs(sums[a] - contrast[a]) < 1e3 * ZERO);
    if (!told) {
      Arrays.fill(squares, Double.NaN);
    }
    return squares;
  }

  /** Whether every arm was measured in every round, and in turns. */
  boolean isComplete() {
    return size == arms * roundSize.length && !hasPlaces();
  }

  /** Whether the place is in the model. */
  boolean hasPlaces() {
    return Arrays.stream(placeSquares).anyMatch(s -> s > ZERO);
  }

  /** The mean over the days of the slope over the places, of values that were not fitted yet. */
  double placeEffect(double[] values) {
    double[] effects = new double[arms];
    fit(values.clone(), effects);
    double[] rest = values.clone();
    double[] fitted = ofArms(effects);
    for (int i = 0; i < size; i++) {
      rest[i] -= fitted[i];
    }
    centre(rest);
    return IntStream.range(0, placeSquares.length)
        .filter(b -> placeSquares[b] > ZERO)
        .mapToDouble(b -> slope(rest, b))
        .average()
        .orElse(Double.NaN);
  }

  /** By arm: the sum of the squared weights of its values in {@link #placeEffect}. */
  double[] squaredPlaceWeights() {
    double[] squares = new double[arms];
    for (int i = 0; i < size; i++) {
      double[] unit = new double[size];
      unit[i] = 1;
      double weight = placeEffect(unit);
      squares[arm[i]] += weight * weight;
    }
    return squares;
  }

  /** What makes two designs equal in all that can be estimated. */
  static List<Integer> structure(List<Spot> spots, int arms) {
    boolean places = spots.stream().mapToInt(Spot::place).distinct().count() > 1;
    List<Integer> rounds = spots.stream().map(Spot::round).distinct().toList();
    List<Integer> days = spots.stream().map(Spot::day).distinct().toList();
    List<Integer> structure = new ArrayList<>(List.of(arms));
    for (Spot spot : spots) {
      structure.add(rounds.indexOf(spot.round()));
      structure.add(spot.arm());
      structure.add(places ? spot.place() : 0);
      structure.add(places ? days.indexOf(spot.day()) : 0);
    }
    return structure;
  }
}
