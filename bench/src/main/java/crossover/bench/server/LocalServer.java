package crossover.bench.server;

import crossover.bench.experiment.Arm;
import crossover.bench.probe.BackendSample;
import crossover.bench.probe.CpuClock;
import crossover.bench.probe.Sample;
import crossover.bench.probe.ServerProbe;
import crossover.bench.stack.Cpus;
import crossover.bench.stack.Stack;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.Tomcat;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A server on this machine, with the link in front of it where there is one. */
final class LocalServer implements Server {
  private final Arm arm;
  private final Tomcat tomcat;
  private final Stack stack;
  private final Links links;
  private final Cpus cpus;
  private final boolean alwaysOnItsOwnCores;
  private Optional<Link> link = Optional.empty();
  private Optional<ServerProbe> probe = Optional.empty();

  LocalServer(
      Arm arm, Tomcat tomcat, Stack stack, Links links, Cpus cpus, boolean alwaysOnItsOwnCores) {
    this.arm = arm;
    this.tomcat = tomcat;
    this.stack = stack;
    this.links = links;
    this.cpus = cpus;
    this.alwaysOnItsOwnCores = alwaysOnItsOwnCores;
  }

  @Override
  public void awaitReady() {
    tomcat.awaitReady(
        arm.ready(), status -> status >= 200 && status <= arm.highestReady(), Tomcat.START_LIMIT);
    Map<String, Long> others = new TreeMap<>(stack.backendPids());
    others.putAll(links.pids());
    try {
      link = links.toServer(tomcat);
    } catch (IOException e) {
      throw new StartFailure("cannot lead clients to " + arm.name(), e);
    }
    probe = Optional.of(new ServerProbe(tomcat.pid(), others, arm.probed()));
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public int port() {
    return link.map(Link::localPort).orElse(tomcat.port());
  }

  @Override
  public boolean isAlive() {
    return tomcat.isAlive();
  }

  @Override
  public String lastLines() {
    return tomcat.lastLines();
  }

  @Override
  public Sample sample() {
    return probe.orElseThrow().sample();
  }

  @Override
  public BackendSample backends() {
    return probe.orElseThrow().backends();
  }

  @Override
  public CpuClock cpuClock() {
    return new CpuClock(tomcat.pid());
  }

  @Override
  public double cpuSeconds() {
    return tomcat.cpuSeconds();
  }

  @Override
  public void place(boolean onItsOwnCores) {
    if (onItsOwnCores || alwaysOnItsOwnCores) {
      cpus.pin(tomcat.pid());
    } else {
      cpus.release(tomcat.pid());
    }
  }

  @Override
  public void beginStop() {
    tomcat.beginStop();
  }

  @Override
  public void close() {
    probe.ifPresent(ServerProbe::close);
    link.ifPresent(links::forget);
    tomcat.close();
  }
}
