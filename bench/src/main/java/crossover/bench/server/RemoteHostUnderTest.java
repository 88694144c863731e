package crossover.bench.server;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Host;
import crossover.bench.experiment.Site;
import crossover.bench.experiment.SshAddress;
import crossover.bench.probe.Machine;
import crossover.bench.remote.RemoteBackends;
import crossover.bench.remote.RemoteHost;
import crossover.bench.remote.RemoteSite;
import crossover.bench.remote.RemoteTomcat;
import crossover.bench.remote.Ssh;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Stack;
import crossover.bench.stack.StartFailure;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Another machine that SSH reaches, too small for more than one JVM: arms come one after another.
 * The stack owns it, so that an interrupt leaves nothing there either.
 */
final class RemoteHostUnderTest implements HostUnderTest, AutoCloseable {
  private final Host host;
  private final Stack stack;
  private final Installation installation;
  private final Ssh ssh;
  private final RemoteSite site;
  private final Map<String, Path> programs = new TreeMap<>();
  private final Map<String, String> backends = new TreeMap<>();
  private final Map<String, Long> pidsThere = new TreeMap<>();
  private final Map<String, Long> pidsHere = new TreeMap<>();

  private RemoteHostUnderTest(
      Host host, Stack stack, Installation installation, Ssh ssh, RemoteSite site) {
    this.host = host;
    this.stack = stack;
    this.installation = installation;
    this.ssh = ssh;
    this.site = site;
  }

  /** Connects, checks the host and starts the backends there, or leads it to those here. */
  static RemoteHostUnderTest open(
      Host host, RemoteBackendChoice choice, Stack stack, Installation installation) {
    SshAddress address = host.address();
    Ssh ssh =
        stack.own(
            Ssh.connect(address.destination(), address.client(choice.ssh()), stack.watchdog()));
    RemoteSite site = RemoteSite.open(ssh, RemoteSite.FOLDER);
    RemoteHostUnderTest opened = new RemoteHostUnderTest(host, stack, installation, ssh, site);
    stack.own(opened);
    switch (choice.backends()) {
      case LOCAL -> opened.useBackendsHere();
      case REMOTE -> opened.useBackendsThere(choice);
    }
    return opened;
  }

  private void useBackendsHere() {
    backends.putAll(stack.backendSettings());
    backends.put("crossover.jdbc.url", Links.JDBC + tunnelled(Links.databaseUri(stack)));
    backends.put("crossover.redis.url", tunnelled(stack.redis()));
    pidsHere.putAll(stack.backendPids());
  }

  private String tunnelled(URI target) {
    return Links.through(target, ssh.reverse(target.getHost(), target.getPort()));
  }

  private void useBackendsThere(RemoteBackendChoice choice) {
    if (!choice.hasBoth()) {
      programs.putAll(RemoteBackends.files(site.host(), installation));
      site.bring(programs);
      RemoteBackends started = stack.own(site.startBackends());
      backends.putAll(started.settings());
      pidsThere.putAll(started.pids());
    }
    backends.putAll(choice.settings());
  }

  @Override
  public Server launch(Arm arm) {
    Map<String, Path> files =
        RemoteSite.files(
            installation.tomcat(arm.tomcat().equals("11") ? 11 : 10),
            installation.tomcatConf(),
            arm.war().orElse(installation.war()));
    arm.overlay().ifPresent(overlay -> RemoteSite.overlay(overlay, files));
    files.putAll(programs);
    site.bring(files);
    RemoteTomcat tomcat =
        stack.own(
            site.launch(
                arm.name(),
                arm.minimumJava(),
                host.jvm(arm),
                host.settings(backends, arm),
                site.freePorts(1).get(0)));
    return new RemoteServer(arm, tomcat, pidsThere, pidsHere);
  }

  @Override
  public List<List<Arm>> together(List<Arm> order) {
    return order.stream().map(List::of).toList();
  }

  /** It is what it is. */
  @Override
  public void applyLinks(Site next) {}

  @Override
  public boolean isClosing() {
    return stack.isClosed();
  }

  /** The newest Java there. */
  RemoteHost.Java java() {
    return site.host().java(0);
  }

  Machine machine() {
    return Machine.at(site::shell, site.host().cores(), site.host().memoryBytes());
  }

  /** Removes every file there. What runs there was started later, and so has been stopped. */
  @Override
  public void close() {
    try {
      site.remove();
    } catch (StartFailure e) {
      throw new StartFailure(
          "the folder " + site.host().folder() + " stays there until the next run", e);
    }
  }
}
