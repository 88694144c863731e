package crossover.bench;

import crossover.bench.load.Gui;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** JMeter's window, to look at a plan and to change it. */
@Command(
    name = "gui",
    mixinStandardHelpOptions = true,
    description = {
      "Opens JMeter's window on a plan and waits until it is closed.",
      "The port of a running 'crossover serve' is filled in."
    })
final class GuiCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PLAN",
      description = "A .jmx file, or one of Crossover's own, such as get.jmx.")
  private Path plan;

  @Option(
      names = "-J",
      paramLabel = "NAME=VALUE",
      description = "A JMeter property for the plan, such as path=/native; may be repeated.")
  private Map<String, String> properties = Map.of();

  @Override
  public Integer call() throws InterruptedException {
    Installation installation = Installation.find();
    Map<String, String> all = new TreeMap<>();
    Serving.port(installation)
        .ifPresent(
            port -> {
              all.put("host", "127.0.0.1");
              all.put("port", Integer.toString(port));
            });
    all.putAll(properties);
    Path own = installation.plans().resolve(plan.toString());
    return Gui.open(
        installation.jmeter(),
        Jdks.newest(),
        Files.exists(plan) ? plan : own,
        all,
        installation.root().resolve("bench/target/jmeter-gui.log"));
  }
}
