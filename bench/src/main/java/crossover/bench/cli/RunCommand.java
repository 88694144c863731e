package crossover.bench.cli;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Range;
import crossover.bench.experiment.UsageException;
import crossover.bench.results.Environment;
import crossover.bench.results.Results;
import crossover.bench.run.RoundPlan;
import crossover.bench.run.Testbed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures an experiment and says what it found. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Measures an experiment in matched pairs and prints its verdicts. Without options: all views,"
          + " all models, in about ten minutes.",
      ""
    })
final class RunCommand extends MeasureCommand {
  @ArgGroup private Which which = new Which();

  static final class Which {
    @Option(
        names = "--quick",
        description = "A smoke run of about a minute: get, in sync and wrapped.")
    private boolean quick;

    @Option(
        names = "--thorough",
        description = "All of it with up to 40 rounds: hours, and a few per cent told apart.")
    private boolean thorough;

    @Option(
        names = "--experiment",
        paramLabel = "FILE",
        description = "Another experiment: a YAML file, or the name of one in bench/experiments.")
    private Path experiment;

    @Option(
        names = "--resume",
        paramLabel = "DIR",
        description = "Go on with a run that was interrupted or killed, where it stopped.")
    private Path resume;

    @Option(
        names = "--append",
        paramLabel = "DIR",
        description =
            "Add rounds to a finished run, as another day in the reversed order; how many says"
                + " --rounds, or the experiment.")
    private Path append;
  }

  @Option(
      names = "--view",
      split = ",",
      paramLabel = "VIEW",
      description = "Only this view, or these: page, page-fn, get, form, cached.")
  private List<String> views = List.of();

  @Mixin private ArmOptions arms;

  @Mixin private SiteOptions sites;

  @Option(names = "--rounds", paramLabel = "N", description = "Fresh JVMs, this many times.")
  private Integer rounds;

  @Option(
      names = "--users",
      split = ",",
      paramLabel = "N",
      description = "Concurrent users of the closed loop.")
  private List<Integer> users = List.of();

  @Mixin private FormatOptions formats;

  @Override
  int execute() throws IOException, InterruptedException {
    formats.require();
    if (rounds != null) {
      Range.ROUNDS.require("--rounds", rounds);
    }
    Path known = which.resume != null ? which.resume : which.append;
    if (known != null) {
      return goOn(known);
    }
    List<String> notices = new ArrayList<>();
    return measureNew(definition(notices), notices, sites, formats);
  }

  private int goOn(Path folder) throws IOException, InterruptedException {
    requireNothingElse();
    try (Results results = Results.open(folder)) {
      Definition frozen = Definition.read(results.experimentFile(), installation.plans());
      return goOn(results, goingOn(frozen, results), sites, formats);
    }
  }

  @Override
  int measureMissing(Definition definition, Testbed testbed, Results results, FormatOptions formats)
      throws IOException, InterruptedException {
    if (which.append != null) {
      results.addDay(testbed.describe(definition, output.command(spec, definition), List.of()));
    }
    return super.measureMissing(definition, testbed, results, formats);
  }

  /** A run goes on as it was frozen, but for a later day whose rounds somebody has asked for. */
  static Definition goingOn(Definition frozen, List<Environment> days) {
    Environment last = days.get(days.size() - 1);
    boolean limited =
        last.timeLimited() == null ? last.rounds() == frozen.rounds() : last.timeLimited();
    return days.size() == 1 || limited ? frozen : frozen.withRounds(last.rounds());
  }

  private Definition goingOn(Definition frozen, Results results) throws IOException {
    if (which.append == null) {
      return goingOn(frozen, results.environments());
    }
    if (!RoundPlan.unfinished(frozen, results).isEmpty()) {
      throw new UsageException(
          format(
              "the run in %s is not finished; first go on with it by: ./crossover run"
                  + " --resume %s",
              results.folder(), results.folder()));
    }
    return rounds == null ? frozen : frozen.withRounds(rounds);
  }

  /** What was begun with one definition cannot go on with another. */
  private void requireNothingElse() {
    if (!views.isEmpty()
        || sites.given()
        || arms.given()
        || !users.isEmpty()
        || output.given()
        || (rounds != null && which.append == null)) {
      throw new UsageException(
          "--resume and --append go on with the experiment in the folder as it is: leave out"
              + " --view, --model, --site, --users, --seed, --out (and --rounds with --resume)");
    }
  }

  private Definition definition(List<String> notices) throws IOException {
    Definition read =
        read(which.experiment, which.quick ? "quick" : which.thorough ? "thorough" : "default");
    Definition chosen = sites.chosen(views.isEmpty() ? read : read.withViews(views));
    chosen = arms.of(chosen, jdk, notices);
    if (!users.isEmpty()) {
      users.forEach(n -> Range.USERS.require("--users", n));
      chosen = chosen.withUsers(users);
    }
    if (rounds != null) {
      chosen = chosen.withRounds(rounds);
    }
    return output.seeded(chosen);
  }
}
