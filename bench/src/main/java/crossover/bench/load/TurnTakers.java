package crossover.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The generator's side of {@link Turns}: several plans in this JVM, one at a time at work. */
final class TurnTakers {
  private final List<Taker> takers = new ArrayList<>();

  private static final class Taker {
    final Traffic traffic;
    final RunningPlan plan;
    double cpuSeconds;
    long unfinished;

    Taker(Traffic traffic) {
      this.traffic = traffic;
      plan = new RunningPlan(traffic);
    }
  }

  /**
   * Connects all users, plan after plan.
   *
   * @return false, and nobody is connected, where a plan has think times: they pass while others
   *     have their turns, and all users would come at once in the next one
   * @throws IOException when a plan cannot be measured
   */
  boolean connect(List<Traffic> traffics) throws IOException, InterruptedException {
    try {
      for (Traffic traffic : traffics) {
        if (!connect(new Taker(traffic))) {
          end();
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      end();
      throw e;
    }
  }

  private boolean connect(Taker taker) throws IOException, InterruptedException {
    taker.plan.enter();
    try {
      taker.plan.start();
      takers.add(taker);
      boolean pauses = taker.plan.recorder().timer().hasPauses();
      if (!pauses) {
        taker.unfinished = taker.plan.awaitConnected();
        awaitHeld(taker);
      }
      return !pauses;
    } finally {
      taker.plan.leave();
    }
  }

  /**
   * One turn. Throughput is what ended while all users were at work, so neither its beginning, when
   * all begin at once, nor the wait for its last answers counts, which differs between arms. What
   * the generator's CPU did in all of it counts as the window's share of the requests.
   */
  Turn take(int index, double leadIn, double seconds) throws InterruptedException {
    Taker taker = takers.get(index);
    if (taker.unfinished > 0) {
      return new Turn(0, 0, 0, 0, true);
    }
    RunningPlan plan = taker.plan;
    Recorder recorder = plan.recorder();
    plan.enter();
    try {
      long requests = recorder.requests();
      long begun = plan.gate().passed();
      double cpu = Run.cpuSeconds();
      long start = System.nanoTime();
      long shut = start + Run.nanos(seconds);
      recorder.measure(start + Run.nanos(leadIn), shut);
      plan.gate().open();
      Run.sleepUntil(shut);
      awaitHeld(taker);
      long end = System.nanoTime();
      requests = recorder.requests() - requests;
      begun = plan.gate().passed() - begun;
      taker.cpuSeconds += (Run.cpuSeconds() - cpu) * requests / Math.max(1, begun);
      return new Turn(requests, begun, seconds - leadIn, (end - start) / 1e9, taker.unfinished > 0);
    } finally {
      plan.leave();
    }
  }

  private static void awaitHeld(Taker taker) throws InterruptedException {
    if (taker.unfinished == 0) {
      taker.unfinished = taker.plan.awaitHeld();
    }
    if (taker.unfinished > 0) {
      taker.plan.cutOff();
    }
  }

  /** Their slices since the last cut. */
  List<Slice> cut() {
    List<Slice> slices = new ArrayList<>();
    for (Taker taker : takers) {
      slices.add(taker.plan.recorder().slice(taker.traffic, taker.unfinished, taker.cpuSeconds));
      taker.plan.recorder().forget();
      taker.cpuSeconds = 0;
    }
    return List.copyOf(slices);
  }

  /** Ends all users; what a plan does after them has its properties, too. */
  void end() throws InterruptedException {
    for (Taker taker : takers) {
      taker.plan.enter();
      try {
        taker.plan.gate().close();
        if (!taker.plan.drained()) {
          taker.plan.cutOff();
        }
      } finally {
        taker.plan.leave();
      }
    }
    takers.clear();
  }
}
