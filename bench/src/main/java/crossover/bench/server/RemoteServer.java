package crossover.bench.server;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.Arm;
import crossover.bench.probe.BackendSample;
import crossover.bench.probe.CpuClock;
import crossover.bench.probe.Sample;
import crossover.bench.remote.HostAgent;
import crossover.bench.stack.HttpAnswer;
import crossover.bench.stack.StartFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** A server on another machine, started and read by the agent there. */
final class RemoteServer implements Server {
  private final Arm arm;
  private final SetUp setUp;
  private final HostAgent agent;
  private final String host;
  private final int port;
  private final Map<String, Long> backendsHere;
  private boolean closed;

  RemoteServer(
      Arm arm,
      SetUp setUp,
      HostAgent agent,
      String host,
      int port,
      Map<String, Long> backendsHere) {
    this.arm = arm;
    this.setUp = setUp;
    this.agent = agent;
    this.host = host;
    this.port = port;
    this.backendsHere = backendsHere;
  }

  @Override
  public void awaitReady() {
    Duration limit = arm.startLimit().orElse(null);
    agent.awaitReady(port, arm.readyPath(), arm.highestReady(), limit, arm.probed());
    URI address = URI.create("http://" + host + ":" + port + arm.readyPath());
    try {
      HttpAnswer.get(address);
    } catch (IOException e) {
      throw new StartFailure(
          format(
              "%s is ready there, but not reached from here: GET %s gave %s: let a firewall"
                  + " there pass port %s",
              arm.name(), address, e.getMessage(), port));
    }
    setUp.run(arm, host, port);
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public boolean isAlive() {
    try {
      return agent.isAlive(port);
    } catch (StartFailure e) {
      return false; // it ends with the connection
    }
  }

  @Override
  public String lastLines() {
    return agent.lastLines(port);
  }

  @Override
  public Sample sample() {
    Sample sample = agent.sample(port).with((from, to) -> agent.pinned(port, from, to));
    return backendsHere.isEmpty() ? sample : sample.with(withThoseHere(sample.beside()));
  }

  @Override
  public double requests() {
    return closed ? Double.NaN : agent.requests(port); // the next one may have the same port
  }

  @Override
  public BackendSample backends() {
    return withThoseHere(agent.backends());
  }

  private BackendSample withThoseHere(BackendSample there) {
    return backendsHere.isEmpty() ? there : there.with(BackendSample.of(backendsHere));
  }

  @Override
  public CpuClock cpuClock() {
    throw new UnsupportedOperationException("servers on another machine take no turns");
  }

  @Override
  public double cpuSeconds() {
    return agent.cpuSeconds(port);
  }

  @Override
  public void close() {
    closed = true;
    try {
      agent.stop(port);
    } catch (StartFailure e) {
      // The connection was cut, and the server ends with it.
    }
  }
}
