package crossover.bench.server;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Host;
import crossover.bench.experiment.Site;
import crossover.bench.experiment.SshAddress;
import crossover.bench.probe.Machine;
import crossover.bench.remote.AgentHost;
import crossover.bench.remote.HostAgent;
import crossover.bench.remote.RemoteHost;
import crossover.bench.remote.Ssh;
import crossover.bench.stack.Database;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Stack;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Another machine that SSH reaches, too small for more than one JVM: arms come one after another.
 * The stack owns it, so that an interrupt leaves nothing there either.
 */
record RemoteHostUnderTest(
    Host host,
    Stack stack,
    Installation installation,
    Jdk jdk,
    AgentHost there,
    Machine machine,
    Map<String, Long> backendsHere,
    Map<Path, String> brought)
    implements HostUnderTest {

  /** Connects, checks the host and starts the backends there, or leads it to those here. */
  static RemoteHostUnderTest open(
      Host host, RemoteBackendChoice choice, Stack stack, Installation installation, Jdk jdk) {
    SshAddress address = host.address();
    Ssh ssh =
        stack.own(
            Ssh.connect(address.destination(), address.client(choice.ssh()), stack.watchdog()));
    boolean local = choice.backends() == RemoteBackendChoice.Backends.LOCAL;
    AgentHost there =
        stack.own(AgentHost.open(ssh, AgentHost.FOLDER, installation, !local && !choice.hasBoth()));
    Map<String, Long> backendsHere = new TreeMap<>();
    if (local) {
      Database here = stack.database();
      String url = Links.JDBC + tunnelled(ssh, Links.databaseUri(stack));
      there
          .agent()
          .startBackends(
              new Database(url, here.user(), here.password()),
              URI.create(tunnelled(ssh, stack.redis())));
      backendsHere.putAll(stack.backendPids());
    } else {
      there.agent().startBackends(choice.database().orElse(null), choice.redis().orElse(null));
    }
    Machine machine = there.agent().machine();
    return new RemoteHostUnderTest(
        host, stack, installation, jdk, there, machine, backendsHere, new HashMap<>());
  }

  private static String tunnelled(Ssh ssh, URI target) {
    return Links.through(target, ssh.reverse(target.getHost(), target.getPort()));
  }

  @Override
  public Server launch(Arm arm) {
    there.bringTomcat(installation, arm.tomcatMajor());
    String war = bring(arm.war().orElse(installation.war()));
    String overlay = arm.overlay().map(this::bring).orElse(null);
    Map<String, String> settings = host.settings(Map.of(), arm);
    if (!there.isHere()) {
      settings.putIfAbsent("crossover.http.address", "0.0.0.0");
    }
    HostAgent agent = there.agent();
    int port =
        agent.launch(
            new HostAgent.Launch(
                arm.name(),
                war,
                arm.context(),
                arm.tomcatMajor(),
                overlay,
                java(arm).path(),
                host.jvm(arm),
                settings));
    // Its backends are not reached from here.
    SetUp setUp = new SetUp(stack, jdk, Map.of());
    return new RemoteServer(arm, setUp, agent, there.hostname(), port, backendsHere);
  }

  private String bring(Path fileOrFolder) {
    return brought.computeIfAbsent(
        fileOrFolder,
        path -> there.bring(path, "brought/" + brought.size() + "/" + path.getFileName()));
  }

  @Override
  public void execute(Path sql) {
    there.agent().execute(sql.toString(), SetUp.read(sql));
  }

  @Override
  public List<List<Arm>> together(List<Arm> order) {
    return order.stream().map(List::of).toList();
  }

  /** A remote site has the links that its machine has. */
  @Override
  public void applyLinks(Site next) {}

  @Override
  public boolean isClosing() {
    return stack.isClosed();
  }

  private RemoteHost.Java java(Arm arm) {
    int version = arm.java().version();
    return arm.java().orLater() ? there.host().java(version) : there.host().javaOf(version);
  }

  /** The newest Java there, on which arms run that name no other. */
  RemoteHost.Java java() {
    return there.host().java(0);
  }
}
