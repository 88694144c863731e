package crossover.bench.report;

import static java.util.stream.Collectors.joining;

import crossover.bench.results.CrossoverMap;
import crossover.bench.results.MachineCalibration;
import crossover.bench.results.Summary;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a terminal shows at the end of a command: plain text of at most 100 columns. */
public final class ConsoleTable {
  private static final int WIDTH = 100;

  /** What the further lines of a sentence stand below. */
  private static final Pattern LEAD = Pattern.compile("(NOT VALID: |Note: | *)");

  private ConsoleTable() {}

  record Screen(Page page, Path folder) {}

  /**
   * The verdicts cell by cell, then the missed gates, the notices and where the results are.
   *
   * @param folder the results folder, as the reader should see its path
   */
  public static String of(Summary summary, Path folder) {
    return wrapped("console.txt", new Screen(Page.of(summary, Optional.empty()), folder));
  }

  /**
   * The grid of a map, then where each candidate overtakes the baseline: at most 100 columns for
   * grids of up to five delays.
   *
   * @param summary what the map was made from, for its missed gates and notices
   * @param folder the results folder, as the reader should see its path
   */
  public static String of(CrossoverMap map, Summary summary, Path folder) {
    return wrapped("map.txt", new Screen(Page.of(summary, Optional.of(map)), folder));
  }

  /** The false alarms, the smallest differences that can be found, and the known delay. */
  public static String of(MachineCalibration calibration) {
    return wrapped("calibration.txt", new CalibrationPart(calibration));
  }

  private static String wrapped(String template, Object values) {
    return Templates.fill(template, values)
        .lines()
        .map(line -> wrap(line) + System.lineSeparator())
        .collect(joining());
  }

  /** Breaks a line that is too long before the word that does not fit, but no command. */
  private static String wrap(String line) {
    Matcher lead = LEAD.matcher(line);
    String indent = " ".repeat(lead.lookingAt() ? lead.end() : 0);
    int end = line.lastIndexOf(' ', WIDTH);
    return line.length() <= WIDTH
            || end <= indent.length()
            || line.strip().startsWith("./crossover")
        ? line
        : line.substring(0, end)
            + System.lineSeparator()
            + wrap(indent + line.substring(end).strip());
  }
}
