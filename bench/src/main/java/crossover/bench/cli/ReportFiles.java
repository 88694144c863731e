package crossover.bench.cli;

import crossover.bench.analysis.Analysis;
import crossover.bench.analysis.MapAnalysis;
import crossover.bench.experiment.Definition;
import crossover.bench.report.HtmlReport;
import crossover.bench.report.IntervalPlot;
import crossover.bench.results.CrossoverMap;
import crossover.bench.results.Environment;
import crossover.bench.results.MachineCalibration;
import crossover.bench.results.Results;
import crossover.bench.results.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is made of the slices in a results folder: the summary, the map, the picture, the page. */
final class ReportFiles {
  /** Where results folders are made unless the user names one. */
  static final Path DEFAULT_PARENT = Path.of("results");

  private ReportFiles() {}

  /**
   * Writes all of them anew. The calibration quoted is the best one of this machine: the folder's
   * own, the one kept beside it, or one among the results.
   */
  static Summary write(Definition definition, Results results) throws IOException {
    List<Environment> days = results.environments();
    Path folder = results.folder().toAbsolutePath();
    MachineCalibration calibration =
        MachineCalibration.best(
                days.get(0).machine(), List.of(folder, folder.getParent(), DEFAULT_PARENT))
            .orElse(null);
    Summary summary = Analysis.of(definition, days, results.slices(), calibration);
    Optional<CrossoverMap> map = map(definition, summary, results);
    results.save(summary);
    results.savePicture(IntervalPlot.of(summary));
    if (map.isPresent()) {
      results.save(map.get());
    }
    results.saveReport(HtmlReport.of(summary, map, results.environment()));
    return summary;
  }

  /** The map of an experiment that is one. */
  static Optional<CrossoverMap> map(Definition definition, Summary summary, Results results)
      throws IOException {
    return MapAnalysis.of(definition, results.environments().get(0), summary, results.slices());
  }
}
