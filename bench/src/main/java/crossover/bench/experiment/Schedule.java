package crossover.bench.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The order in which the arms of an experiment are measured, round by round.
 *
 * <p>Rounds come in blocks of two: a row of a Williams design and its mirror image, in random
 * order. So every pair of arms stands in both orders equally often after every even number of
 * rounds. The blocks are drawn in random order, and all of them before any comes again; after a
 * whole design ({@code k} rounds for an even number of arms, {@code 2k} for an odd one) every arm
 * has stood in every place, and followed every other arm, equally often. Two arms: AB and BA in
 * randomised blocks of two.
 *
 * <p>The same number of arms and the same seed give the same schedule on every JDK; the seed
 * belongs in the results.
 *
 * <p>Source: E. J. Williams (1949), Experimental designs balanced for the estimation of residual
 * effects of treatments.
 */
public final class Schedule {
  private final int arms;
  private final long seed;
  private final boolean mirrored;

  /**
   * A schedule of any length.
   *
   * @throws IllegalArgumentException when there is no arm
   */
  public Schedule(int arms, long seed) {
    this(arms, seed, false);
  }

  private Schedule(int arms, long seed, boolean mirrored) {
    if (arms < 1) {
      throw new IllegalArgumentException("A schedule needs at least one arm, not " + arms + ".");
    }
    this.arms = arms;
    this.seed = seed;
    this.mirrored = mirrored;
  }

  /** The same rounds with every order turned round: what another day appends to this one. */
  public Schedule reversed() {
    return new Schedule(arms, seed, !mirrored);
  }

  /**
   * The arms (0 to {@code arms - 1}) of one round, first place first.
   *
   * @param round counted from 0; any round may be asked for, in any sequence
   */
  public int[] order(int round) {
    if (round < 0) {
      throw new IllegalArgumentException(
          "Rounds count from 0, so there is no round " + round + ".");
    }
    // A list of the whole schedule up to here is cheap, and needs no state that a resumed run would
    // have to restore.
    Random random = new Random(seed);
    List<int[]> orders = new ArrayList<>();
    while (orders.size() <= round) {
      List<int[]> rows = halfDesign(arms);
      Collections.shuffle(rows, random);
      for (int[] row : rows) {
        boolean rowFirst = random.nextBoolean();
        orders.add(rowFirst ? row : mirror(row));
        orders.add(rowFirst ? mirror(row) : row);
      }
    }
    int[] order = orders.get(round);
    return mirrored ? mirror(order) : order;
  }

  /**
   * Rows which together with their mirror images are a Williams design. An even square holds each
   * row's mirror image already, half of it further down; an odd one needs the mirror images to be
   * balanced.
   */
  private static List<int[]> halfDesign(int arms) {
    int count = arms % 2 == 0 ? arms / 2 : arms;
    List<int[]> rows = new ArrayList<>();
    for (int shift = 0; shift < count; shift++) {
      int[] row = new int[arms];
      for (int place = 0; place < arms; place++) {
        // 0, 1, k-1, 2, k-2, …: all steps between neighbours differ, which is what balances who
        // follows whom.
        int zigzag = place % 2 == 1 ? (place + 1) / 2 : arms - place / 2;
        row[place] = (zigzag + shift) % arms;
      }
      rows.add(row);
    }
    return rows;
  }

  private static int[] mirror(int[] row) {
    int[] mirror = new int[row.length];
    for (int place = 0; place < row.length; place++) {
      mirror[place] = row[row.length - 1 - place];
    }
    return mirror;
  }
}
