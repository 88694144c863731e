package crossover.bench.load;

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

/** JMeter's own window on a plan, from the JMeter that the build assembled. */
public final class Gui {
  private Gui() {}

  /**
   * Opens the window and waits until it is closed.
   *
   * @param jmeter the home of a JMeter
   * @param plan the plan to open
   * @param properties JMeter properties, such as host and port, that the plan reads
   * @param log JMeter's own log
   * @return JMeter's exit status
   * @throws StartFailure when there is no plan, or no display
   */
  public static int open(Path jmeter, Path plan, Map<String, String> properties, Path log)
      throws InterruptedException {
    if (!Files.isReadable(plan)) {
      throw new StartFailure("no plan " + plan);
    }
    requireDisplay();
    try {
      return new ProcessBuilder(command(jmeter, plan, properties, log))
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new StartFailure("cannot start JMeter in " + jmeter, e);
    }
  }

  private static List<String> command(
      Path jmeter, Path plan, Map<String, String> properties, Path log) {
    List<String> command = new ArrayList<>();
    // The Java that we run on: the one that has just shown it can open a window.
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dawt.useSystemAAFontSettings=on"); // unset, the look and feel complains
    command.add("-Dlog4j2.statusLoggerLevel=OFF");
    command.add("-jar");
    command.add(jmeter.resolve("bin/ApacheJMeter.jar").toString());
    command.addAll(List.of("-t", plan.toAbsolutePath().toString(), "-j", log.toString()));
    properties.forEach((name, value) -> command.add("-J" + name + "=" + value));
    return command;
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
}
