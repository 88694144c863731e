package crossover.bench.server;

import crossover.bench.experiment.Arm;
import crossover.bench.probe.BackendSample;
import crossover.bench.probe.CpuClock;
import crossover.bench.probe.Sample;
import crossover.bench.probe.ServerProbe;
import crossover.bench.stack.WebServer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A server on this machine, with the link in front of it where there is one. */
final class LocalServer implements Server {
  private final Arm arm;
  private final WebServer process;
  private final SetUp setUp;
  private final LocalHostUnderTest on;
  private Optional<Link> link = Optional.empty();
  private Optional<ServerProbe> probe = Optional.empty();

  LocalServer(Arm arm, WebServer process, SetUp setUp, LocalHostUnderTest on) {
    this.arm = arm;
    this.process = process;
    this.setUp = setUp;
    this.on = on;
  }

  @Override
  public void awaitReady() {
    process.awaitReady(
        arm.readyPath(),
        status -> status >= 200 && status <= arm.highestReady(),
        WebServer.START_LIMIT);
    setUp.run(arm, host(), process.port());
    Map<String, Long> others = new TreeMap<>(setUp.stack().backendPids());
    others.putAll(on.links().pids());
    link = on.links().toServer(host(), process.port());
    probe = Optional.of(new ServerProbe(process.pid(), others, arm.probed()));
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public int port() {
    return link.map(Link::localPort).orElse(process.port());
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public String lastLines() {
    return process.lastLines();
  }

  @Override
  public Sample sample() {
    return probe.orElseThrow().sample();
  }

  @Override
  public double requests() {
    return probe.orElseThrow().requests();
  }

  @Override
  public BackendSample backends() {
    return probe.orElseThrow().backends();
  }

  @Override
  public CpuClock cpuClock() {
    return probe.orElseThrow().cpuClock();
  }

  @Override
  public double cpuSeconds() {
    return process.cpuSeconds();
  }

  @Override
  public void place(boolean onItsOwnCores) {
    if (onItsOwnCores || on.host().cores() > 0) {
      on.cpus().pin(process.pid());
    } else {
      on.cpus().release(process.pid());
    }
  }

  @Override
  public void beginStop() {
    process.beginStop();
  }

  @Override
  public void close() {
    probe.ifPresent(ServerProbe::close);
    link.ifPresent(on.links()::forget);
    process.close();
  }
}
