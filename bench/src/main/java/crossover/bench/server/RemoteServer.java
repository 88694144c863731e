package crossover.bench.server;

import crossover.bench.experiment.Arm;
import crossover.bench.probe.BackendSample;
import crossover.bench.probe.JvmProbe;
import crossover.bench.probe.RemoteProbe;
import crossover.bench.probe.Sample;
import crossover.bench.remote.RemoteTomcat;
import crossover.bench.stack.Tomcat;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/** A server on another machine, read over SSH. */
final class RemoteServer implements Server {
  /** The first readings cost the JVM more than later ones: they fall in no window. */
  private static final int REHEARSALS = 3;

  private final Arm arm;
  private final RemoteTomcat tomcat;
  private final Map<String, Long> backendsThere;
  private final Map<String, Long> backendsHere;
  private Optional<RemoteProbe> probe = Optional.empty();

  RemoteServer(
      Arm arm,
      RemoteTomcat tomcat,
      Map<String, Long> backendsThere,
      Map<String, Long> backendsHere) {
    this.arm = arm;
    this.tomcat = tomcat;
    this.backendsThere = backendsThere;
    this.backendsHere = backendsHere;
  }

  @Override
  public void awaitReady() {
    tomcat.awaitReady(arm.ready(), arm::isReady, Tomcat.START_LIMIT);
    RemoteProbe reader =
        new RemoteProbe(tomcat::shell, tomcat.pid(), backendsThere, backendsHere, jvm());
    probe = Optional.of(reader);
    for (int i = 0; i < REHEARSALS; i++) {
      reader.sample();
    }
  }

  private Optional<JvmProbe> jvm() {
    if (!arm.probed()) {
      return Optional.empty();
    }
    InetSocketAddress management = tomcat.management();
    try {
      return Optional.of(JvmProbe.at(management.getHostString(), management.getPort()));
    } catch (IOException e) {
      return Optional.empty(); // what the kernel counts is had all the same
    }
  }

  @Override
  public String host() {
    return tomcat.host();
  }

  @Override
  public int port() {
    return tomcat.port();
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
    return sample().beside();
  }

  @Override
  public double cpuSeconds() {
    return sample().serverCpu();
  }

  /** It has the host's cores all the time: the generator is not there to share them. */
  @Override
  public void place(boolean onItsOwnCores) {}

  /** It is alone. */
  @Override
  public void beginStop() {}

  @Override
  public void close() {
    probe.ifPresent(RemoteProbe::close);
    tomcat.close();
  }
}
