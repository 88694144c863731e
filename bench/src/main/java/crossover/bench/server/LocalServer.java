package crossover.bench.server;

import crossover.bench.experiment.Arm;
import crossover.bench.probe.BackendSample;
import crossover.bench.probe.CpuClock;
import crossover.bench.probe.Sample;
import crossover.bench.probe.ServerProbe;
import crossover.bench.stack.HttpAnswer;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.WebServer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A server on this machine, or one that runs already, and goes on: of that nothing is known but
 * what its clients see. There may be a link in front of it.
 */
final class LocalServer implements Server {
  private final Arm arm;
  private final URI address;
  private final Optional<WebServer> process;
  private final SetUp setUp;
  private final LocalHostUnderTest on;
  private Optional<Link> link = Optional.empty();
  private Optional<ServerProbe> probe = Optional.empty();

  /** Of a process; without one it is the server that the arm names by its URL. */
  LocalServer(Arm arm, Optional<WebServer> process, SetUp setUp, LocalHostUnderTest on) {
    this.arm = arm;
    this.address = process.map(started -> started.url("/")).or(arm::url).orElseThrow();
    this.process = process;
    this.setUp = setUp;
    this.on = on;
  }

  /** Checks that the server of an arm with a URL answers; throws StartFailure if not. */
  static void require(Arm arm) {
    URI address = arm.url().orElseThrow().resolve(arm.readyPath());
    String said;
    try {
      HttpAnswer answer = HttpAnswer.get(address);
      if (answer.isReady(arm.highestReady())) {
        return;
      }
      said = answer + "; " + HttpAnswer.advice(answer.status());
    } catch (IOException e) {
      said = e.getMessage() + ": start it, or correct its \"url\"";
    }
    throw new StartFailure("the server of " + arm.name() + ": GET " + address + " gave " + said);
  }

  @Override
  public void awaitReady() {
    process.ifPresentOrElse(
        started -> started.awaitReady(arm.readyPath(), arm.highestReady(), arm.startLimit()),
        () -> require(arm));
    setUp.run(arm, address.getHost(), ownPort());
    Map<String, Long> others = new TreeMap<>();
    if (process.isPresent()) {
      others.putAll(setUp.stack().backendPids());
      others.putAll(on.links().pids());
    }
    link = on.links().toServer(address.getHost(), ownPort());
    long pid = process.map(WebServer::pid).orElse(ServerProbe.NO_PROCESS);
    probe = Optional.of(new ServerProbe(pid, others, arm.probed() && process.isPresent()));
  }

  private int ownPort() {
    int usual = address.getScheme().equals("https") ? 443 : 80;
    return address.getPort() < 0 ? usual : address.getPort();
  }

  @Override
  public String host() {
    return link.isPresent() ? "127.0.0.1" : address.getHost();
  }

  @Override
  public int port() {
    return link.map(Link::localPort).orElse(ownPort());
  }

  /** Of a server that runs already, its answers tell. */
  @Override
  public boolean isAlive() {
    return process.map(WebServer::isAlive).orElse(true);
  }

  @Override
  public String lastLines() {
    return process.map(WebServer::lastLines).orElse("");
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
    return process.map(WebServer::cpuSeconds).orElse(Double.NaN);
  }

  @Override
  public void place(boolean onItsOwnCores) {
    boolean pinned = onItsOwnCores || on.host().cores() > 0;
    process
        .map(WebServer::pid)
        .ifPresent(pinned ? pid -> on.cpus().pin(pid) : pid -> on.cpus().release(pid));
  }

  @Override
  public void beginStop() {
    process.ifPresent(WebServer::beginStop);
  }

  @Override
  public void close() {
    probe.ifPresent(ServerProbe::close);
    link.ifPresent(on.links()::forget);
    process.ifPresent(WebServer::close);
  }
}
