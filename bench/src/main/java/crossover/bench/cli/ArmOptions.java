package crossover.bench.cli;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.UsageException;
import crossover.bench.stack.Jdk;
import java.util.List;
import picocli.CommandLine.Option;

/** Which arms of an experiment are measured. */
final class ArmOptions {
  @Option(
      names = {"--model", "--arm"},
      split = ",",
      paramLabel = "ARM",
      description =
          "Only this model, or these, beside the baseline: wrapped, native, native-unpipelined,"
              + " virtual.")
  private List<String> arms = List.of();

  boolean given() {
    return !arms.isEmpty();
  }

  /**
   * The experiment with the arms that were asked for, of those that the JDK can run.
   *
   * @param notices told of every arm that it cannot
   */
  Definition of(Definition definition, Jdk jdk, List<String> notices) {
    arms.forEach(arm -> requireKnown(definition, arm));
    Definition chosen =
        given() ? definition.withArms(arm -> arms.contains(arm.name())) : definition;
    chosen.arms().stream()
        .filter(arm -> !arm.java().allows(jdk.version()))
        .forEach(
            arm ->
                notices.add(
                    format(
                        "The arm %s is left out: it needs JDK %d or later, and the newest found is %s.",
                        arm.name(), arm.java().version(), jdk.fullVersion())));
    return chosen.withArms(arm -> arm.java().allows(jdk.version()));
  }

  private static void requireKnown(Definition definition, String arm) {
    List<String> known = definition.arms().stream().map(Arm::name).toList();
    if (!known.contains(arm)) {
      throw new UsageException(
          "--model: there is no arm \"" + arm + "\"; the arms are " + String.join(", ", known));
    }
  }
}
