package crossover.bench.report;

import crossover.bench.results.CrossoverMap;
import crossover.bench.results.CrossoverMap.Cell;
import crossover.bench.results.CrossoverMap.Crossing;
import crossover.bench.results.CrossoverMap.Where;
import crossover.bench.text.Text;
import java.util.Optional;

/** What a map says in words, on a terminal and in a report alike. */
final class MapWords {
  private MapWords() {}

  /** A cell's winner in one word or sign: "native", "≈" for equivalent, "?" for undecided. */
  static String winner(Cell cell) {
    return switch (cell.winner()) {
      case CrossoverMap.EQUIVALENT -> "≈";
      case CrossoverMap.UNDECIDED -> "?";
      default -> cell.winner();
    };
  }

  /** The same with the word to the sign: "native", "≈ equivalent", "? undecided". */
  static String named(Cell cell) {
    String word = winner(cell);
    return cell.winner().equals(word) ? word : word + " " + cell.winner();
  }

  /** The interval in three digits; empty where there is none. */
  static String range(Cell cell) {
    return Double.isFinite(cell.low()) ? Figures.range(cell.low(), cell.high()) : "";
  }

  /** A cell's ratio in three digits; "alone" where the baseline refuses, so that there is none. */
  static String ratio(Cell cell) {
    if (Double.isFinite(cell.ratio())) {
      return Figures.figure(cell.ratio());
    }
    return cell.winner().equals(CrossoverMap.UNDECIDED) ? "" : "alone";
  }

  /** Whether an arm refused here, or left users without an answer. */
  static boolean someArmFellShort(Cell cell) {
    return cell.arms().values().stream().anyMatch(a -> a.refused() > 0 || a.unanswered() > 0);
  }

  /** Such as "from 36 users (33 – 41)". */
  static String from(CrossoverMap map, Crossing crossing) {
    return switch (crossing.where()) {
      case AT_FEWEST -> "with " + Figures.whole(map.users().get(0)) + " users already";
      case NOT_REACHED ->
          "not up to " + Figures.whole(map.users().get(map.users().size() - 1)) + " users";
      case WITHIN -> "from " + Figures.whole(crossing.users()) + " users" + reach(map, crossing);
      case UNDECIDED -> "undecided" + (Double.isNaN(crossing.low()) ? "" : reach(map, crossing));
    };
  }

  /** Ends at the fewest or beyond the most are open. */
  private static String reach(CrossoverMap map, Crossing crossing) {
    return " (" + end(map, crossing.low()) + " – " + end(map, crossing.high()) + ")";
  }

  private static String end(CrossoverMap map, double users) {
    if (Double.isNaN(users)) {
      return "above " + Figures.whole(map.users().get(map.users().size() - 1));
    }
    return users == map.users().get(0) ? Figures.whole(users) + " or fewer" : Figures.whole(users);
  }

  /** Such as "2.5 ms". */
  static String delay(double millis) {
    return Text.rounded(millis, 15) + " ms";
  }

  /** The prediction that belongs to a measured crossing. */
  static Optional<Crossing> predicted(CrossoverMap map, Crossing measured) {
    return map.predicted().stream()
        .filter(p -> p.candidate().equals(measured.candidate()))
        .filter(p -> p.delayMs() == measured.delayMs())
        .findFirst();
  }

  /** The same in words; a prediction knows no grid, so it may name users beyond it. */
  static String predictedFrom(CrossoverMap map, Crossing measured) {
    return predicted(map, measured)
        .map(
            p ->
                p.where() == Where.WITHIN
                    ? "from " + Figures.whole(p.users()) + " users"
                    : p.where() == Where.AT_FEWEST ? "from the first user" : "never")
        .orElse(Figures.UNKNOWN);
  }
}
