package crossover.bench.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static Step read(YamlMap yaml, String key, List<String> arms) {
      List<String> names = yaml.texts(key);
      if (names.size() != 2 || names.get(0).equals(names.get(1))) {
        throw yaml.refuse(key, "is " + names + ", but must name two different arms");
      }
      for (String name : names) {
        if (!arms.contains(name)) {
          throw yaml.refuse(
              key, "names \"" + name + "\", but the arms are " + String.join(", ", arms));
        }
      }
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

  static Contrast read(YamlMap yaml, List<String> arms) {
    Contrast contrast =
        new Contrast(
            yaml.text("name"),
            Step.read(yaml, "of", arms),
            yaml.has("against") ? Optional.of(Step.read(yaml, "against", arms)) : Optional.empty());
    yaml.end();
    return contrast;
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

  Map<String, Object> toMap() {
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("name", name);
    yaml.put("of", of.arms());
    against.ifPresent(step -> yaml.put("against", step.arms()));
    return yaml;
  }
}
