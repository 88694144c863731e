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
import java.util.stream.Stream;

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

  /** Of the arms in a place, with the refusals of each. */
  static Winner of(Summary summary, Cell.Id place, Map<String, Refusal> refusals) {
    return new Rule(summary, place, refusals).winner();
  }

  private record Rule(Summary summary, Cell.Id place, Map<String, Refusal> refusals) {

    Winner winner() {
      if (summary.refuses(place, summary.baseline())) {
        return withoutBaseline();
      }
      List<Comparison> faster = of(Verdict.FASTER);
      if (!faster.isEmpty()) {
        // An arm whose interval reaches beyond this may be the best one.
        double beaten = faster.stream().mapToDouble(Comparison::low).max().orElseThrow();
        String names =
            ranked().stream()
                .filter(c -> c.conclusion() != Verdict.NOT_VALID && c.high() >= beaten)
                .map(Comparison::candidate)
                .collect(joining(" or "));
        return against(names, faster.get(0), summary.in(place, summary.baseline()));
      }
      Optional<Comparison> nearest = ranked().stream().findFirst();
      if (!of(Verdict.INCONCLUSIVE, Verdict.TOO_FEW_ROUNDS, Verdict.NOT_VALID).isEmpty()
          || nearest.isEmpty()) {
        return nearest
            .map(c -> against(CrossoverMap.UNDECIDED, c, summary.in(place, summary.baseline())))
            .orElseGet(() -> new Winner(CrossoverMap.UNDECIDED, nearest, null, others("")));
      }
      boolean level = !of(Verdict.EQUIVALENT).isEmpty();
      String name = level ? CrossoverMap.EQUIVALENT : summary.baseline();
      return against(name, nearest.get(), summary.in(place, nearest.get().candidate()));
    }

    /**
     * Those who hold where the baseline refuses are compared with each other: who is beaten by none
     * of them has won.
     */
    private Winner withoutBaseline() {
      List<ArmInCell> holding =
          summary.in(place).stream()
              .filter(ArmInCell::valid)
              .sorted(Comparator.comparingDouble(ArmInCell::throughput).reversed())
              .toList();
      List<Comparison> pairs = summary.withoutBaseline(place);
      List<String> best =
          holding.stream()
              .map(ArmInCell::arm)
              .filter(arm -> pairs.stream().noneMatch(pair -> loses(arm, pair)))
              .toList();
      boolean told =
          pairs.stream()
              .filter(c -> best.contains(c.candidate()) && best.contains(c.baseline()))
              .allMatch(c -> Double.isFinite(c.low()));
      String name = best.isEmpty() || !told ? CrossoverMap.UNDECIDED : String.join(" or ", best);
      Stream<String> all =
          Stream.concat(
              holding.stream().map(c -> format("%s serves %,.0f/s.", c.arm(), c.throughput())),
              pairs.stream().map(c -> sentence(c.candidate() + " ÷ " + c.baseline(), c)));
      return new Winner(name, Optional.empty(), null, others(all.collect(joining(" "))));
    }

    private static boolean loses(String arm, Comparison pair) {
      return pair.conclusion() == Verdict.FASTER
          ? pair.baseline().equals(arm)
          : pair.conclusion() == Verdict.SLOWER && pair.candidate().equals(arm);
    }

    private static String sentence(String what, Comparison c) {
      String range = Double.isNaN(c.low()) ? "" : format(" (%.2f – %.2f)", c.low(), c.high());
      String figures = Double.isNaN(c.ratio()) ? "" : format("ratio %.2f%s, ", c.ratio(), range);
      return what + ": " + figures + c.qualifiedVerdict() + ".";
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
          .forEach(c -> sentences.add(sentence(c.candidate(), c)));
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

    /**
     * Comparisons with these conclusions, the greatest ratio first; those of arms that refuse left
     * out.
     */
    private List<Comparison> of(Verdict... verdicts) {
      return ranked().stream().filter(c -> List.of(verdicts).contains(c.conclusion())).toList();
    }

    private List<Comparison> ranked() {
      return summary.primary(place).stream()
          .filter(c -> !summary.refuses(place, c.candidate()))
          .sorted(Comparator.comparingDouble(c -> Double.isNaN(c.ratio()) ? 1 : -c.ratio()))
          .toList();
    }
  }
}
