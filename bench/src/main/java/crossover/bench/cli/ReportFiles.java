package crossover.bench.cli;

import static crossover.bench.text.Text.format;

import crossover.bench.analysis.Analysis;
import crossover.bench.analysis.MapAnalysis;
import crossover.bench.experiment.Definition;
import crossover.bench.report.HtmlReport;
import crossover.bench.report.IntervalPlot;
import crossover.bench.results.CrossoverMap;
import crossover.bench.results.Environment;
import crossover.bench.results.MachineCalibration;
import crossover.bench.results.Results;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.results.Summary;
import crossover.bench.run.RoundPlan;
import crossover.bench.run.Testbed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** What is made of the slices in a results folder: the summary, the map, the picture, the page. */
final class ReportFiles {
  /** Where results folders are made unless the user names one. */
  static final Path DEFAULT_PARENT = Path.of("results");

  private ReportFiles() {}

  /**
   * Measures what a results folder does not hold yet, and reports what it then holds, whatever
   * ended the run.
   *
   * @param formats what else is written
   * @param table what is printed of a summary, and of the map of an experiment that is one
   */
  static Summary measure(
      Definition definition,
      Testbed testbed,
      Results results,
      FormatOptions formats,
      BiFunction<Summary, Optional<CrossoverMap>, String> table)
      throws IOException, InterruptedException {
    Optional<RuntimeException> failure = testbed.measure(definition, results);
    if (failure.isPresent() && results.slices().stream().allMatch(s -> s.phase() == Phase.LIMIT)) {
      throw failure.get();
    }
    Summary summary = write(definition, results, formats, table);
    if (failure.isPresent()) {
      throw failure.get();
    }
    return summary;
  }

  /** What a reader must know of a folder before its figures. */
  private static List<String> notices(Results results, int unfinished) throws IOException {
    List<String> notices = new ArrayList<>();
    if (!results.damagedLines().isEmpty()) {
      notices.add(
          "slices.jsonl is damaged, and the slices of these lines are left out: "
              + results.damagedLines());
    }
    double spread =
        results.slices().stream().mapToDouble(s -> s.load().openingSpreadMillis()).max().orElse(0);
    if (spread > 0) {
      notices.add(
          format("The load machines began their slices within %.1f ms of each other.", spread));
    }
    if (unfinished > 0) {
      int rounds = results.roundsByDay().stream().mapToInt(Integer::intValue).sum();
      String command =
          results.environment().path("command").asString("").contains(" map ") ? "map" : "run";
      notices.add(
          format(
              "This run is not finished: of %s rounds %s are missing or were cut. Go on"
                  + " by\n  ./crossover %s --resume %s",
              rounds, unfinished, command, results.folder()));
    }
    return notices;
  }

  /**
   * Writes all of them anew, prints them, and writes what else was asked for, whose folders may be
   * gone since the command began. The calibration quoted is the best one of this machine: the
   * folder's own, the one kept beside it, or one among the results.
   */
  static Summary write(
      Definition definition,
      Results results,
      FormatOptions formats,
      BiFunction<Summary, Optional<CrossoverMap>, String> table)
      throws IOException {
    List<Environment> days = results.environments();
    Path folder = results.folder().toAbsolutePath();
    MachineCalibration calibration =
        MachineCalibration.best(
                days.get(0).machine(), List.of(folder, folder.getParent(), DEFAULT_PARENT))
            .orElse(null);
    int unfinished = RoundPlan.unfinished(definition, results).size();
    Summary found =
        Analysis.of(
            definition,
            days,
            results.slices(),
            calibration,
            unfinished,
            notices(results, unfinished));
    Summary summary = formats.judged(definition, days.get(0), found);
    Optional<CrossoverMap> map = MapAnalysis.of(definition, days.get(0), summary, results.slices());
    if (results.isWritable()) {
      results.save("summary.json", summary);
      results.save("intervals.svg", IntervalPlot.of(summary));
      if (map.isPresent()) {
        results.save("map.json", map.get());
      }
      results.save("report.html", HtmlReport.of(summary, map, results.environment()));
    } else {
      System.out.println(
          "Only read: a run holds the folder, or nobody may write there; its files stay as they are.");
    }
    System.out.print(table.apply(summary, map));
    formats.write(summary, folder);
    return summary;
  }
}
