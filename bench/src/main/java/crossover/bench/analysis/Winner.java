package crossover.bench.analysis;

import static crossover.bench.text.Text.format;
import static java.util.stream.Collectors.joining;

import crossover.bench.experiment.Cell;
import crossover.bench.results.ArmInCell;
import crossover.bench.results.Comparison;
import crossover.bench.results.CrossoverMap;
import crossover.bench.results.Summary;
import crossover.bench.results.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who wins a cell of the map; the rule stands in docs/map.md. An arm that refuses never wins, and
 * never counts as faster for the requests that it did answer.
 *
 * @param name an arm, several that cannot be told apart ("a or b"), "equivalent", or "undecided"
 * @param comparison the one whose ratio is told; empty where nothing can be compared
 * @param boundBy what held the arm that was overtaken; null when unknown
 * @param reason as sentences
 */
record Winner(String name, Optional<Comparison> comparison, String boundBy, String reason) {

  /**
   * @param refusals by arm
   */
  static Winner of(Summary summary, Cell.Id place, Map<String, Refusal> refusals) {
    return new Rule(summary, place, refusals).winner();
  }

  private record Rule(Summary summary, Cell.Id place, Map<String, Refusal> refusals) {

    Winner winner() {
      if (refuses(summary.baseline())) {
        return withoutBaseline();
      }
      List<Comparison> faster = of(Verdict.FASTER);
      if (!faster.isEmpty()) {
        Comparison best = faster.get(0);
        // An arm whose interval reaches into the best one's may be as good.
        String names =
            faster.stream()
                .filter(c -> c.equals(best) || c.high() >= best.low())
                .map(Comparison::candidate)
                .collect(joining(" or "));
        return against(names, best, held(summary.baseline()));
      }
      Optional<Comparison> nearest = ranked().stream().findFirst();
      if (!of(Verdict.INCONCLUSIVE, Verdict.TOO_FEW_ROUNDS, Verdict.NOT_VALID).isEmpty()
          || nearest.isEmpty()) {
        return nearest
            .map(c -> against(CrossoverMap.UNDECIDED, c, held(summary.baseline())))
            .orElseGet(() -> new Winner(CrossoverMap.UNDECIDED, nearest, null, others("")));
      }
      boolean level = !of(Verdict.EQUIVALENT).isEmpty();
      String name = level ? CrossoverMap.EQUIVALENT : summary.baseline();
      return against(name, nearest.get(), held(nearest.get().candidate()));
    }

    /** Nothing can be compared with it, but who holds where it refuses has won. */
    private Winner withoutBaseline() {
      List<ArmInCell> holding =
          summary.in(place).stream()
              .filter(ArmInCell::valid)
              .sorted(Comparator.comparingDouble(ArmInCell::throughput).reversed())
              .toList();
      if (holding.isEmpty()) {
        return new Winner(CrossoverMap.UNDECIDED, Optional.empty(), null, others(""));
      }
      String all =
          holding.stream()
              .map(c -> format("%s serves %,.0f/s", c.arm(), c.throughput()))
              .collect(joining(", "));
      return new Winner(holding.get(0).arm(), Optional.empty(), null, others(all + "."));
    }

    private Winner against(String name, Comparison told, Optional<ArmInCell> held) {
      List<String> sentences = new ArrayList<>();
      held.filter(cell -> cell.why() != null)
          .ifPresent(cell -> sentences.add(cell.arm() + ": " + cell.why()));
      if (told.why() != null) {
        sentences.add(told.why());
      }
      ranked().stream()
          .filter(c -> !c.equals(told) || !name.startsWith(c.candidate()))
          .forEach(
              c ->
                  sentences.add(
                      format(
                          "%s: ratio %.2f (%.2f – %.2f), %s.",
                          c.candidate(), c.ratio(), c.low(), c.high(), c.qualifiedVerdict())));
      return new Winner(
          name,
          Optional.of(told),
          held.map(ArmInCell::boundBy).orElse(null),
          others(String.join(" ", sentences)));
    }

    /** Refusals first, then the rest, then what was not measured validly. */
    private String others(String rest) {
      List<String> sentences = new ArrayList<>();
      refusals.forEach((arm, refusal) -> sentences.addAll(refusal.sentences(arm)));
      if (!rest.isEmpty()) {
        sentences.add(rest);
      }
      summary.gates().stream()
          .filter(g -> !g.passed() && !g.name().equals("errors"))
          .filter(g -> g.cell() != null && g.cell().startsWith(place + " · "))
          .forEach(g -> sentences.add("Not valid: " + g.sentence()));
      return String.join(" ", sentences);
    }

    private Optional<ArmInCell> held(String arm) {
      return summary.in(place, arm);
    }

    /**
     * Comparisons with these conclusions, the greatest ratio first; those of arms that refuse left
     * out.
     */
    private List<Comparison> of(Verdict... verdicts) {
      return ranked().stream().filter(c -> List.of(verdicts).contains(c.conclusion())).toList();
    }

    private List<Comparison> ranked() {
      return summary.primary(place).stream()
          .filter(c -> !refuses(c.candidate()))
          .sorted(Comparator.comparingDouble((Comparison c) -> rank(c.ratio())).reversed())
          .toList();
    }

    private boolean refuses(String arm) {
      return summary.in(place, arm).filter(ArmInCell::refuses).isPresent();
    }

    private static double rank(double ratio) {
      return Double.isNaN(ratio) ? -1 : ratio;
    }
  }
}
