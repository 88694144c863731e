package crossover.bench.cli;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Site;
import crossover.bench.experiment.UsageException;
import crossover.bench.results.Environment;
import crossover.bench.results.Results;
import crossover.bench.run.TestbedSpec;
import crossover.bench.server.RemoteBackendChoice;
import crossover.bench.server.Sites;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Option;

/** Where the servers stand that are measured. */
final class SiteOptions {
  @Option(
      names = "--site",
      split = ",",
      paramLabel = "SITE",
      description =
          "Only this site, or these: one of the experiment, localhost, pi-like (a link and settings"
              + " like a Raspberry Pi's), or ssh:user@host[:port] (docs/pi.md).")
  private List<String> sites = List.of();

  @Option(
      names = "--backends",
      paramLabel = "WHERE",
      description =
          "Where an ssh: site's PostgreSQL and Redis are: remote (there; --jdbc-url and --redis-url"
              + " are then as seen from there) or local (here, through the SSH connection); default:"
              + " remote.")
  private RemoteBackendChoice.Backends backends = RemoteBackendChoice.Backends.REMOTE;

  @Option(
      names = "--ssh",
      paramLabel = "COMMAND",
      split = " ",
      description = "The OpenSSH client with its options (default: ${DEFAULT-VALUE}).")
  private List<String> ssh = RemoteBackendChoice.DEFAULT.ssh();

  boolean given() {
    return !sites.isEmpty();
  }

  Definition chosen(Definition definition) {
    return sites.isEmpty() ? definition : definition.withSites(sites);
  }

  TestbedSpec testbed(ServerOptions servers, LoadOptions load, Installation installation, Jdk jdk) {
    List<String> engines = load.servers();
    if (!engines.isEmpty() && servers.plugins().isPresent()) {
      throw new UsageException(
          "--plugins is for the load of this machine: leave out --remote, or put the jars into"
              + " JMeter's lib/ext");
    }
    return new TestbedSpec(
        installation,
        jdk,
        servers.cpus(),
        servers.database(),
        servers.redis(),
        backends,
        ssh,
        servers.plugins(),
        engines,
        load.properties());
  }

  /** Figures of one run come from the same backends. */
  static void requireSame(Results results, TestbedSpec testbed, Definition definition)
      throws IOException {
    Environment first = results.environments().get(0);
    String now = testbed.remoteBackends(definition).description();
    for (Site site : definition.sites()) {
      String then = first.versions().getOrDefault(Sites.BACKENDS + site.name(), now);
      if (!then.equals(now)) {
        throw new UsageException(
            format(
                "%s was measured with backends %s, and this would be %s: name the same by --backends"
                    + " (and --jdbc-url, --redis-url)",
                results.folder(), then, now));
      }
    }
  }
}
