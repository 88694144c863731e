package crossover.bench.server;

import crossover.bench.experiment.Arm;
import crossover.bench.probe.BackendSample;
import crossover.bench.probe.CpuClock;
import crossover.bench.probe.Sample;
import crossover.bench.probe.ServerProbe;
import crossover.bench.stack.HttpAnswer;
import crossover.bench.stack.StartFailure;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** A server that runs already, and goes on: nothing is known of it but what its clients see. */
final class RunningServer implements Server {
  private final Arm arm;
  private final SetUp setUp;
  private final Links links;
  private final ServerProbe probe = new ServerProbe(ServerProbe.NO_PROCESS, Map.of(), false);
  private Optional<Link> link = Optional.empty();

  RunningServer(Arm arm, SetUp setUp, Links links) {
    this.arm = arm;
    this.setUp = setUp;
    this.links = links;
  }

  /** Checks that it answers; throws StartFailure if not. */
  static void require(Arm arm) {
    URI address = arm.url().orElseThrow().resolve(arm.readyPath());
    String said;
    try {
      HttpAnswer answer = HttpAnswer.get(address);
      if (answer.status() >= 200 && answer.status() <= arm.highestReady()) {
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
    require(arm);
    setUp.run(arm, own().getHost(), ownPort());
    link = links.toServer(own().getHost(), ownPort());
  }

  private URI own() {
    return arm.url().orElseThrow();
  }

  private int ownPort() {
    int usual = own().getScheme().equals("https") ? 443 : 80;
    return own().getPort() < 0 ? usual : own().getPort();
  }

  @Override
  public String host() {
    return link.isPresent() ? "127.0.0.1" : own().getHost();
  }

  @Override
  public int port() {
    return link.map(Link::localPort).orElse(ownPort());
  }

  /** Whether it lives, its answers tell. */
  @Override
  public boolean isAlive() {
    return true;
  }

  @Override
  public String lastLines() {
    return "";
  }

  @Override
  public Sample sample() {
    return probe.sample();
  }

  @Override
  public BackendSample backends() {
    return probe.backends();
  }

  @Override
  public CpuClock cpuClock() {
    return probe.cpuClock();
  }

  @Override
  public double cpuSeconds() {
    return Double.NaN;
  }

  @Override
  public void close() {
    link.ifPresent(links::forget);
  }
}
