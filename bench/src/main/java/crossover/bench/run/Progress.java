package crossover.bench.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * One line that tells what is being measured, the share done and the time left: rewritten in place
 * on a terminal, else a plain line now and then.
 */
final class Progress {
  /** Seconds between plain lines, so that a log of CI stays readable. */
  private static final double PLAIN_INTERVAL_SECONDS = 5;

  private final PrintStream out;
  private final boolean terminal;
  private final long start = System.nanoTime();
  private int total;
  private int done;
  private int doneBefore;
  private double lastPlain = -PLAIN_INTERVAL_SECONDS;

  /**
   * @param total steps in all
   * @param doneBefore steps that an earlier run did
   */
  Progress(PrintStream out, boolean terminal, int total, int doneBefore) {
    this.out = out;
    this.terminal = terminal;
    this.total = total;
    this.done = doneBefore;
    this.doneBefore = doneBefore;
  }

  /** Says what is being done now. */
  void show(String what) {
    double seconds = (System.nanoTime() - start) / 1e9;
    String line =
        String.format(
            Locale.ROOT,
            "%3d %%  %s  %s",
            total == 0 ? 0 : 100L * done / total,
            left(seconds),
            what);
    if (terminal) {
      out.print("\r\033[K" + line);
      out.flush();
    } else if (seconds - lastPlain >= PLAIN_INTERVAL_SECONDS) {
      lastPlain = seconds;
      out.println(line);
    }
  }

  private String left(double seconds) {
    int steps = done - doneBefore;
    if (steps == 0) {
      return "       ";
    }
    Duration left = Duration.ofSeconds(Math.round(seconds / steps * (total - done)));
    return String.format(Locale.ROOT, "%2d:%02d left", left.toMinutes(), left.toSecondsPart());
  }

  /** A step is done. */
  void step() {
    done++;
  }

  /** So many steps will not be needed. */
  void spare(int steps) {
    total -= steps;
  }

  /** Says something that stays. */
  void say(String line) {
    clear();
    out.println(line);
  }

  /** Ends the line. */
  void clear() {
    if (terminal) {
      out.print("\r\033[K");
      out.flush();
    }
  }
}
