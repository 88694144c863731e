package crossover.bench.server;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Host;
import crossover.bench.experiment.Site;
import crossover.bench.experiment.UsageException;
import crossover.bench.stack.Cpus;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Stack;
import crossover.bench.stack.Tomcat;
import crossover.bench.stack.WebServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * This machine: every arm's server is alive, and idle while another is measured, but for those of
 * an arm that is exclusive.
 */
record LocalHostUnderTest(
    Host host, Stack stack, Links links, Installation installation, Jdk jdk, Cpus cpus)
    implements HostUnderTest {

  @Override
  public Server launch(Arm arm) {
    SetUp setUp = new SetUp(stack, jdk(arm, jdk), host.settings(stack.backendSettings(), arm));
    Optional<WebServer> process =
        arm.url().isPresent() ? Optional.empty() : Optional.of(start(arm));
    LocalServer server = new LocalServer(arm, process, setUp, this);
    server.place(false);
    return server;
  }

  private WebServer start(Arm arm) {
    Map<String, String> settings = host.settings(links.settings(), arm);
    if (arm.program().isPresent()) {
      return stack.launch(SetUp.command(arm, arm.program().get(), jdk(arm, jdk)), settings);
    }
    return stack.launch(
        new Tomcat.Spec(
            arm.name(),
            arm.war().orElse(installation.war()),
            arm.context(),
            arm.tomcatMajor(),
            arm.overlay(),
            jdk(arm, jdk),
            host.jvm(arm),
            settings,
            0));
  }

  /** The Java of an arm; throws UsageException if it is not installed. */
  static Jdk jdk(Arm arm, Jdk own) {
    int version = arm.java().version();
    return arm.java().orLater()
        ? own
        : Jdks.newest(jdk -> jdk.version() == version)
            .orElseThrow(
                () ->
                    new UsageException(
                        format(
                            "no JDK %s is here for \"java\" of %s, but %s",
                            version, arm.name(), Jdks.found())));
  }

  @Override
  public List<List<Arm>> together(List<Arm> order) {
    return order.stream().anyMatch(Arm::exclusive)
        ? order.stream().map(List::of).toList()
        : List.of(order);
  }

  @Override
  public void execute(Path sql) {
    stack.database().execute(sql.toString(), SetUp.read(sql));
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
