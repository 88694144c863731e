package crossover.bench.cli;

import crossover.bench.experiment.Range;
import crossover.bench.experiment.UsageException;
import crossover.bench.stack.Installation;
import crossover.bench.stack.StartFailure;
import java.awt.AWTError;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    Path file = file(installation).toAbsolutePath();
    Path jmeter = installation.jmeter();
    Path to = log == null ? installation.root().resolve("bench/target/jmeter-gui.log") : log;
    requireDisplay();
    List<String> command = new ArrayList<>();
    // The Java that we run on: the one that has just shown it can open a window.
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dawt.useSystemAAFontSettings=on"); // unset, the look and feel complains
    command.add("-Dlog4j2.statusLoggerLevel=OFF");
    command.addAll(List.of("-jar", jmeter.resolve("bin/ApacheJMeter.jar").toString()));
    command.addAll(List.of("-t", file.toString(), "-j", to.toString()));
    command.addAll(List.of("-Jhost=" + host, "-Jport=" + running, "-Jpath=" + path));
    properties.forEach((name, value) -> command.add("-J" + name + "=" + value)); // win over those
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new StartFailure("cannot start JMeter in " + jmeter, e);
    }
  }

  /** Asks the window system itself: a variable may be set and name a display that is not there. */
  private static void requireDisplay() {
    try {
      GraphicsEnvironment.getLocalGraphicsEnvironment().getDefaultScreenDevice();
    } catch (HeadlessException | AWTError | LinkageError e) {
      throw new StartFailure(
          "no display to open JMeter's window on: run this on a desktop, or set DISPLAY; without one, use jmeter-plans with 'crossover run'",
          e);
    }
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
