package crossover.bench.experiment;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is served, as the JMeter plan that asks for it.
 *
 * @param name the plan's file name without {@code .jmx}
 * @param plan the plan's absolute path
 * @param own whether it is one of Crossover's own, which a bare name means
 */
public record View(String name, Path plan, boolean own) {

  static View of(String text, Path file, Path ownPlans, boolean toRun) {
    boolean own = !text.endsWith(".jmx");
    Path plan = own ? ownPlans.resolve(text + ".jmx") : file.resolveSibling(text);
    if (toRun && (!Files.isReadable(plan) || Files.isDirectory(plan))) {
      String hint = own ? "; a plan file's name ends with .jmx" : "";
      throw new Refusal("names " + text + ", but there is no plan " + plan + hint);
    }
    return new View(nameOf(text), plan.toAbsolutePath().normalize(), own);
  }

  /** The name of a view as an experiment refers to it: by the name, or by the plan's file. */
  static String nameOf(String text) {
    String file = Path.of(text).getFileName().toString();
    return file.endsWith(".jmx") ? file.substring(0, file.length() - ".jmx".length()) : file;
  }

  /** The view as an experiment names it. */
  String reference() {
    return own ? name : plan.toString();
  }
}
