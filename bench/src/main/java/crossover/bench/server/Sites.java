package crossover.bench.server;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Host;
import crossover.bench.experiment.Site;
import crossover.bench.experiment.UsageException;
import crossover.bench.probe.Machine;
import crossover.bench.stack.Cpus;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Stack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The hosts of an experiment's sites. Sites of equal hosts share them. */
public final class Sites implements AutoCloseable {
  /** With a site's name, the key of {@link #facts} that tells where its backends are. */
  public static final String BACKENDS = "backends of ";

  private final Links links;
  private final RemoteBackendChoice backends;
  private final Map<Host, HostUnderTest> hosts = new LinkedHashMap<>();
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final Map<String, RemoteHostUnderTest> remote = new LinkedHashMap<>();

  private Sites(Links links, RemoteBackendChoice backends) {
    this.links = links;
    this.backends = backends;
  }

  /**
   * Checks before anything is started that there are the JDKs, programs and URLs of the arms.
   *
   * @throws UsageException if a JDK is missing
   * @throws StartFailure if a program is missing, or a URL does not answer
   */
  public static void require(Definition definition, Jdk jdk) {
    boolean here = definition.sites().stream().anyMatch(site -> !site.host().isElsewhere());
    for (Arm arm : definition.arms()) {
      Jdk its = here ? LocalHostUnderTest.jdk(arm, jdk) : jdk;
      Stream.concat(arm.program().stream(), arm.before().stream())
          .forEach(program -> SetUp.command(arm, program, its).require());
      if (arm.url().isPresent()) {
        LocalServer.require(arm);
      }
    }
  }

  /** Connects to every host, so that one that does not fit is told before anything is measured. */
  public static Sites open(
      Stack stack,
      Definition definition,
      RemoteBackendChoice backends,
      Installation installation,
      Jdk jdk) {
    Sites sites = new Sites(Links.open(stack, definition), backends);
    try {
      for (Site site : definition.sites()) {
        if (site.host().isElsewhere()) {
          RemoteHostUnderTest there =
              RemoteHostUnderTest.open(site.host(), backends, stack, installation, jdk);
          sites.remote.put(site.name(), there);
          sites.hosts.put(site.host(), there);
        } else {
          definition.arms().stream()
              .filter(arm -> !arm.java().orLater())
              .forEach(
                  arm ->
                      sites.facts.put(
                          "JDK of " + arm.name(), LocalHostUnderTest.jdk(arm, jdk).fullVersion()));
          sites.hosts.computeIfAbsent(
              site.host(),
              host -> {
                Cpus cpus = stack.cpus().limited(host.cores());
                return new LocalHostUnderTest(host, stack, sites.links, installation, jdk, cpus);
              });
        }
      }
      return sites;
    } catch (RuntimeException e) {
      sites.close();
      throw e;
    }
  }

  public HostUnderTest of(Host host) {
    return hosts.get(host);
  }

  /**
   * The definition without the arms for which a remote machine has no Java.
   *
   * @param notices what is left out is added to
   */
  public Definition possible(Definition definition, List<String> notices) {
    List<String> out =
        definition.arms().stream().filter(arm -> !canRun(arm)).map(Arm::name).toList();
    if (out.isEmpty()) {
      return definition;
    }
    if (out.contains(definition.baseline())) {
      throw new UsageException(
          "the baseline " + definition.baseline() + " needs a newer Java than " + facts());
    }
    String notice =
        format(
            "Left out: %s, which no Java there is new enough for: %s.",
            String.join(", ", out), facts());
    System.out.println(notice);
    notices.add(notice);
    return definition.withArms(this::canRun);
  }

  private boolean canRun(Arm arm) {
    return remote.values().stream().allMatch(there -> arm.java().allows(there.java().version()));
  }

  /** The remote machines, by site. */
  public Map<String, Machine> machines() {
    Map<String, Machine> machines = new LinkedHashMap<>();
    remote.forEach((site, there) -> machines.put(site, there.machine()));
    return machines;
  }

  /** What runs on each, by what it is. */
  public Map<String, String> facts() {
    Map<String, String> all = new LinkedHashMap<>(facts);
    remote.forEach(
        (site, there) -> {
          all.put("Java on " + site, there.java().version() + " (" + there.java().path() + ")");
          all.put(BACKENDS + site, backends.description());
        });
    return all;
  }

  @Override
  public void close() {
    links.close();
  }
}
