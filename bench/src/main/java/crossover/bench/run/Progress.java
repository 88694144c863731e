package crossover.bench.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * One line that tells what is being measured and the time left: rewritten in place on a terminal,
 * else a plain line now and then.
 */
final class Progress {
  /** Seconds between plain lines, so that a log of CI stays readable. */
  private static final double PLAIN_INTERVAL_SECONDS = 5;

  private final PrintStream out;
  private final boolean terminal;
  private String round = "";
  private long roundStart = System.nanoTime();
  private double secondsExpected = Double.NaN;
  private long lastPlain = System.nanoTime() - Math.round(1e9 * PLAIN_INTERVAL_SECONDS);

  /**
   * @param terminal whether lines can be rewritten
   */
  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * A round begins.
   *
   * @param number of the round, from 1
   * @param last the last round as text: its number, as far as is known
   * @param secondsLeft of this round and those after it; NaN where not known
   */
  void round(int number, String last, double secondsLeft) {
    round = "round " + number + " of " + last + "  ";
    roundStart = System.nanoTime();
    secondsExpected = secondsLeft;
  }

  /** Says what is being done now. */
  void show(String what) {
    String line = left() + round + what;
    long now = System.nanoTime();
    if (terminal) {
      out.print("\r\033[K" + line);
      out.flush();
    } else if (now - lastPlain >= PLAIN_INTERVAL_SECONDS * 1e9) {
      lastPlain = now;
      out.println(line);
    }
  }

  /** Nothing before the first round has ended: how long one takes is not known yet. */
  private String left() {
    if (Double.isNaN(secondsExpected)) {
      return "";
    }
    double seconds = Math.max(1, secondsExpected - (System.nanoTime() - roundStart) / 1e9);
    Duration left = Duration.ofSeconds(Math.round(seconds));
    return String.format(Locale.ROOT, "%2d:%02d left  ", left.toMinutes(), left.toSecondsPart());
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
