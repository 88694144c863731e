package crossover.bench.load;

import java.rmi.RemoteException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.jmeter.samplers.SampleResult;

/**
 * Where the engines of one slice wait until the users of all are connected, and hand in what came
 * of it. Its moments are of this machine's clock.
 */
final class Departure {
  private final Map<String, Engine> engines = new LinkedHashMap<>();
  private double leadIn;
  private boolean departed;
  private boolean cancelled;

  private static final class Engine {
    boolean connected;
    boolean over;
    long arrived;
    long left;
    SampleResult sample;
  }

  Departure(Collection<String> names) {
    names.forEach(name -> engines.put(name, new Engine()));
  }

  /**
   * As {@link LoadClient#connected}.
   *
   * @throws RemoteException when the slice goes on without it, or does not begin
   */
  synchronized double connected(String name, double wanted)
      throws RemoteException, InterruptedException {
    Engine engine = engines.get(name);
    if (isAwaited(engine)) {
      engine.arrived = System.nanoTime();
      engine.connected = true;
      leadIn = Math.max(leadIn, wanted);
      notifyAll();
    }
    while (isAwaited(engine) && !departed) {
      wait();
    }
    if (!isAwaited(engine)) {
      throw new RemoteException("no slice waits for " + name);
    }
    engine.left = System.nanoTime();
    return leadIn;
  }

  private boolean isAwaited(Engine engine) {
    return engine != null && !engine.over && !cancelled;
  }

  /** {@code sample} is null of an engine that is lost; what it tells later does not count. */
  synchronized void ended(String name, SampleResult sample) {
    Engine engine = engines.get(name);
    if (engine != null && !engine.over) {
      engine.over = true;
      engine.sample = sample;
      notifyAll();
    }
  }

  /** From now on no engine may begin. */
  synchronized void cancel() {
    cancelled = true;
    notifyAll();
  }

  /** Lets all engines go; returns the lead-in of all. */
  synchronized double depart() {
    departed = true;
    notifyAll();
    return leadIn;
  }

  /** Those that are neither connected nor over, after waiting for them. */
  synchronized List<String> awaitConnected(long millis) throws InterruptedException {
    return await(engine -> engine.connected || engine.over, millis);
  }

  /** Those that are not over, after waiting for them. */
  synchronized List<String> awaitOver(long millis) throws InterruptedException {
    return await(engine -> engine.over, millis);
  }

  private List<String> await(Predicate<Engine> done, long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (left > 0 && !engines.values().stream().allMatch(done)) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return engines.keySet().stream().filter(name -> !done.test(engines.get(name))).toList();
  }

  /** What an engine handed in; null when it was lost. */
  synchronized SampleResult sample(String name) {
    return engines.get(name).sample;
  }

  /**
   * The most by which one engine can have begun after another. Each began when it had the answer to
   * its call: after that left here, and before as much had passed as the network took for both ways
   * (what the engine saw of the call, less what it waited here). So clocks need not agree.
   *
   * @param waited nanoseconds from an engine's call to its return, by its own clock
   */
  synchronized double spreadMillis(Map<String, Long> waited) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Map.Entry<String, Long> entry : waited.entrySet()) {
      Engine engine = engines.get(entry.getKey());
      first = Math.min(first, engine.left);
      last = Math.max(last, engine.arrived + entry.getValue());
    }
    return waited.size() < 2 ? 0 : (last - first) / 1e6;
  }
}
