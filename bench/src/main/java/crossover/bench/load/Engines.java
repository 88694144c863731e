package crossover.bench.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Several engines as one: the load is divided among them, and what they saw is added up.
 *
 * <p>Each times its requests by its own clock from start to end, so that clocks need not agree. The
 * window is that of the engine which opens it first: in the others' lead-in and drain the load is
 * on as well, so it is whole while the server's counters are read.
 *
 * <p>An engine that dies makes its slice invalid and is not used again; the others then carry the
 * whole load. Not for use by several threads at once.
 */
public final class Engines implements Engine {
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private record Member(Generator generator, UnaryOperator<String> plan) {}

  /**
   * Adds an engine.
   *
   * @param name for messages
   * @param plan where a plan of this machine is on that of the engine
   */
  public void add(String name, Generator generator, UnaryOperator<String> plan) {
    members.put(name, new Member(generator, plan));
  }

  @Override
  public Slice run(Traffic traffic, Window window) {
    List<String> names =
        members.keySet().stream().limit(traffic.users()).collect(Collectors.toList());
    List<Traffic> parts = traffic.divided(names.size());
    AtomicReference<String> first = new AtomicReference<>();
    Map<String, CompletableFuture<Slice>> running = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Member member = members.get(name);
      Traffic part = parts.get(i).withPlan(member.plan.apply(traffic.plan()));
      running.put(
          name,
          CompletableFuture.supplyAsync(
              () -> member.generator.run(part, new SharedWindow(name, first, window)), threads));
    }
    return collect(traffic, running, parts);
  }

  /** Engines on several machines have no common moment to begin or end a turn at. */
  @Override
  public Optional<Turns> turns(List<Traffic> traffics) {
    return Optional.empty();
  }

  private Slice collect(
      Traffic whole, Map<String, CompletableFuture<Slice>> running, List<Traffic> parts) {
    // All first: the next slice must find none of them at work.
    running.values().forEach(slice -> slice.handle((seen, failure) -> null).join());
    List<Slice> seen = new ArrayList<>();
    List<String> died = new ArrayList<>();
    long lost = 0;
    int i = 0;
    for (Map.Entry<String, CompletableFuture<Slice>> engine : running.entrySet()) {
      Traffic part = parts.get(i++);
      try {
        seen.add(engine.getValue().join());
      } catch (CompletionException e) {
        died.add(bury(engine.getKey(), e.getCause()));
        lost += part.users();
      }
    }
    if (seen.isEmpty()) {
      throw new GeneratorFailure("No load engine is left: " + String.join("; ", died));
    }
    return MergedSlice.of(whole, seen, lost, died, 0);
  }

  /** What became of an engine that died; whatever else went wrong is not its fault. */
  private String bury(String name, Throwable cause) {
    Member member = members.get(name);
    if (member.generator.isAlive()) {
      if (cause instanceof RuntimeException failure) {
        throw failure;
      }
      throw new GeneratorFailure("The load engine on " + name + " failed", cause);
    }
    members.remove(name);
    return Slice.LOST
        + "on "
        + name
        + " died, and the load goes on from "
        + (members.isEmpty() ? "nowhere" : String.join(", ", members.keySet()));
  }

  /** Tells the window of one engine only: of that which opens it first. */
  private record SharedWindow(String name, AtomicReference<String> first, Window window)
      implements Window {
    @Override
    public void opens() {
      if (first.compareAndSet(null, name)) {
        window.opens();
      }
    }

    @Override
    public void closes() {
      if (name.equals(first.get())) {
        window.closes();
      }
    }
  }

  @Override
  public boolean isAlive() {
    return !members.isEmpty();
  }

  @Override
  public void close() {
    members.values().forEach(member -> member.generator.close());
    threads.shutdown();
  }
}
