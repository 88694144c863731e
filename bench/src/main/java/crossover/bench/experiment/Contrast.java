package crossover.bench.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A question beside that of the baseline: what one step is worth (arm ÷ arm), or how much more it
 * is worth than the same step elsewhere (a ratio of two such ratios, where two factors may not suit
 * each other).
 *
 * @param name what is asked, for a reader
 * @param of the step: from the second arm to the first
 * @param against the step it is compared with; empty: with none
 */
public record Contrast(String name, Step of, Optional<Step> against) {

  /** From one arm to another: {@code to} ÷ {@code from}. */
  public record Step(String to, String from) {
    private static Step of(String key, List<String> names, List<String> arms) {
      if (Keys.require(key, names).size() != 2 || names.get(0).equals(names.get(1))) {
        throw Keys.refuse(key, "is " + names + ", but must name two different arms");
      }
      names.forEach(name -> Keys.oneOf(key, name, arms, "arms"));
      return new Step(names.get(0), names.get(1));
    }

    private List<String> arms() {
      return List.of(to, from);
    }

    @Override
    public String toString() {
      return to + " ÷ " + from;
    }
  }

  static Contrast of(ExperimentFile.ContrastKeys keys, List<String> arms) {
    return new Contrast(
        Keys.require("name", keys.name()),
        Step.of("of", keys.of(), arms),
        Optional.ofNullable(keys.against()).map(step -> Step.of("against", step, arms)));
  }

  /** Every arm that it needs. */
  public List<String> arms() {
    List<String> arms = new ArrayList<>(of.arms());
    against.ifPresent(step -> arms.addAll(step.arms()));
    return arms;
  }

  /** What is divided by what, such as {@code (a ÷ b) ÷ (c ÷ d)}. */
  public String formula() {
    return against.map(step -> "(" + of + ") ÷ (" + step + ")").orElseGet(of::toString);
  }

  ExperimentFile.ContrastKeys keys() {
    return new ExperimentFile.ContrastKeys(name, of.arms(), against.map(Step::arms).orElse(null));
  }
}
