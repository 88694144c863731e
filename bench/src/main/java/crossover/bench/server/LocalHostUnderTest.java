package crossover.bench.server;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Host;
import crossover.bench.experiment.Site;
import crossover.bench.stack.Cpus;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Stack;
import crossover.bench.stack.Tomcat;
import java.io.IOException;
import java.util.List;

/** This machine: every arm's JVM is alive, and idle while another is measured. */
final class LocalHostUnderTest implements HostUnderTest {
  private final Host host;
  private final Stack stack;
  private final Links links;
  private final Installation installation;
  private final Jdk jdk;
  private final Cpus cpus;

  LocalHostUnderTest(Host host, Stack stack, Links links, Installation installation, Jdk jdk) {
    this.host = host;
    this.stack = stack;
    this.links = links;
    this.installation = installation;
    this.jdk = jdk;
    cpus = stack.cpus().limited(host.cores());
  }

  @Override
  public Server launch(Arm arm) {
    int line = arm.tomcat().equals("11") ? 11 : 10;
    Tomcat tomcat =
        stack.launch(
            arm.name(),
            arm.war().orElse(installation.war()),
            line,
            arm.overlay(),
            arm.java().orLater() ? jdk : Jdks.of(arm.java().version()),
            host.jvm(arm),
            host.settings(links.settings(), arm),
            0);
    LocalServer server = new LocalServer(arm, tomcat, stack, links, cpus, host.cores() > 0);
    server.place(false);
    return server;
  }

  @Override
  public List<List<Arm>> together(List<Arm> order) {
    return List.of(order);
  }

  @Override
  public void applyLinks(Site site) throws IOException {
    links.apply(site);
  }

  @Override
  public boolean isClosing() {
    return stack.isClosed();
  }
}
