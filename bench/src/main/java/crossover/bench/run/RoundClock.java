package crossover.bench.run;

import crossover.bench.results.RoundLine;
import java.time.Instant;

/** What a round's wall time goes into. */
final class RoundClock {
  private final Instant start = Instant.now();
  private final long startNanos = System.nanoTime();
  private double starting;
  private double warmUp;
  private double measured;

  /** Until the round has ended, for an interrupt may come at any time. */
  private String failure = "interrupted";

  private boolean voided;

  /** Since that {@link System#nanoTime} servers were started, or users connected. */
  void started(long since) {
    starting += secondsSince(since);
  }

  /** Since then they were warmed up. */
  void warmedUp(long since) {
    warmUp += secondsSince(since);
  }

  /** So many seconds of load were measured. */
  void measured(double seconds) {
    measured += seconds;
  }

  /** All was measured. */
  void completed() {
    failure = null;
  }

  /** Something ended the round early. */
  void failed(String why) {
    failure = why;
  }

  /** Its slices do not count: something answered in a server's place. */
  void voided() {
    voided = true;
  }

  /** The round's line, at its end. */
  RoundLine line(RoundPlan.Entry round, int attempt) {
    return new RoundLine(
        round.number(),
        round.day(),
        attempt,
        start,
        secondsSince(startNanos),
        measured,
        warmUp,
        starting,
        failure,
        voided);
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
