package crossover.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import crossover.bench.stack.Installation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code crossover gui} in a real window, on an X server that needs no screen. */
class GuiIT {
  private static final Installation HERE = Installation.find();
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"page.jmx", "page-fn.jmx", "get.jmx", "form.jmx", "cached.jmx"})
  void aPlanOpensInJMetersWindowWithoutAWarning(String plan) throws Exception {
    assumeTrue(installed("Xvfb"), "Xvfb is not installed (Debian: xvfb)");
    assumeTrue(installed("xwininfo"), "xwininfo is not installed (Debian: x11-utils)");
    Process screen =
        new ProcessBuilder("Xvfb", "-displayfd", "1", "-nolisten", "tcp")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      String display = ":" + firstLine(screen);
      Process gui = gui(display, plan);
      try {
        assertThat(titles(display, gui)).anyMatch(title -> title.startsWith(plan + " ("));
        assertThat(Files.readString(folder.resolve("jmeter.log")))
            .contains("Loading file")
            .doesNotContain(" WARN ", " ERROR ");
      } finally {
        gui.descendants().forEach(ProcessHandle::destroyForcibly);
        gui.destroyForcibly().waitFor();
      }
    } finally {
      screen.destroyForcibly().waitFor();
    }
  }

  @Test
  void withoutADisplayItSaysSoAndEndsWithThree() throws Exception {
    Process gui = gui(null, "get.jmx");
    assertThat(gui.waitFor()).isEqualTo(3);
    assertThat(output()).contains("no display").contains("DISPLAY");
  }

  @Test
  void aDisplayThatIsNotThereIsNoDisplay() throws Exception {
    Process gui = gui(":4711", "get.jmx");
    assertThat(gui.waitFor()).isEqualTo(3);
    assertThat(output()).contains("no display");
  }

  private Process gui(String display, String plan) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            HERE.jar() + ":" + HERE.libraries() + "/*",
            "crossover.bench.Main",
            "gui",
            plan,
            "--log",
            folder.resolve("jmeter.log").toString());
    builder.environment().remove("DISPLAY");
    if (display != null) {
      builder.environment().put("DISPLAY", display);
    }
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out.txt").toFile())
        .start();
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("out.txt"));
  }

  /** The titles of all windows, as soon as one is JMeter's with a file in it. */
  private List<String> titles(String display, Process gui) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    List<String> titles = new ArrayList<>();
    while (gui.isAlive() && System.nanoTime() < deadline) {
      Process info = new ProcessBuilder("xwininfo", "-display", display, "-root", "-tree").start();
      titles =
          info.inputReader(StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.contains("\""))
              .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
              .toList();
      if (titles.stream().anyMatch(title -> title.contains(".jmx ("))) {
        return titles;
      }
      Thread.sleep(500);
    }
    throw new AssertionError("no window with a plan, only " + titles + "\n" + output());
  }

  private static String firstLine(Process process) throws IOException {
    return new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
        .readLine();
  }

  private static boolean installed(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
