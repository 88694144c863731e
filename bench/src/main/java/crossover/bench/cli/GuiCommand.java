package crossover.bench.cli;

import crossover.bench.experiment.Range;
import crossover.bench.experiment.UsageException;
import crossover.bench.load.Gui;
import crossover.bench.stack.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** JMeter's window on a plan, without an installed JMeter. */
@Command(
    name = "gui",
    mixinStandardHelpOptions = true,
    description =
        "Opens JMeter's GUI on a plan. Host and port are those of a running \"crossover serve\","
            + " unless named.")
final class GuiCommand implements Callable<Integer> {
  private static final int DEFAULT_PORT = 8080;

  @Parameters(
      paramLabel = "PLAN",
      description = "A plan of Crossover's own, such as get.jmx, or the path of another.")
  private Path plan;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "The server's host (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--port",
      description = "Its port (default: that of the running stack, or " + DEFAULT_PORT + ").")
  private Integer port;

  @Option(
      names = "--path",
      defaultValue = "/sync",
      description = "What stands before the view in the URL (default: ${DEFAULT-VALUE}).")
  private String path;

  @Option(
      names = "-J",
      paramLabel = "NAME=VALUE",
      description = "Another JMeter property, as JMeter's own -J; may be repeated.")
  private Map<String, String> properties = Map.of();

  @Option(names = "--log", description = "JMeter's own log (default: bench/target/jmeter-gui.log).")
  private Path log;

  @Override
  public Integer call() throws InterruptedException {
    Installation installation = Installation.find();
    int running =
        port != null
            ? Range.PORT.require("--port", port)
            : Serving.port(installation).orElse(DEFAULT_PORT);
    Map<String, String> all = new TreeMap<>();
    all.put("host", host);
    all.put("port", Integer.toString(running));
    all.put("path", path);
    all.putAll(properties);
    return Gui.open(
        installation.jmeter(),
        file(installation),
        all,
        log == null ? installation.root().resolve("bench/target/jmeter-gui.log") : log);
  }

  private Path file(Installation installation) {
    String name = plan.toString().replaceFirst("(\\.jmx)?$", ".jmx");
    Path own = installation.plans().resolve(name);
    Path file = Files.exists(Path.of(name)) ? Path.of(name) : own;
    if (!Files.exists(file)) {
      throw new UsageException(
          "there is no plan " + plan + ", neither here nor in " + own.getParent());
    }
    return file;
  }
}
