package crossover.bench.cli;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Site;
import crossover.bench.experiment.SshAddress;
import crossover.bench.experiment.UsageException;
import crossover.bench.results.Environment;
import crossover.bench.results.Results;
import crossover.bench.run.TestbedSpec;
import crossover.bench.server.RemoteBackendChoice;
import crossover.bench.server.Sites;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where the servers stand that are measured. */
final class SiteOptions {
  private static final int RMI_PORT = 1099;

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

  @Option(
      names = "--generators",
      split = ",",
      paramLabel = "USER@HOST",
      description =
          "Machines that SSH reaches and that make the load together, in place of this one.")
  private List<String> generators = List.of();

  @Option(
      names = "--remote",
      split = ",",
      paramLabel = "HOST[:PORT]",
      description =
          "Stock jmeter-servers with Crossover's plug-in that make the load together, in place of"
              + " this machine (docs/fleet.md).")
  private List<String> remote = List.of();

  @Option(
      names = "--remote-properties",
      paramLabel = "FILE",
      description =
          "A jmeter.properties whose RMI and SSL settings hold for --remote, and whose remote_hosts"
              + " without it. The key store is looked for in its folder.")
  private Path remoteProperties;

  boolean given() {
    return !sites.isEmpty();
  }

  Definition chosen(Definition definition) {
    return sites.isEmpty() ? definition : definition.withSites(sites);
  }

  TestbedSpec testbed(ServerOptions servers, Installation installation, Jdk jdk) {
    List<String> engines = servers(remoteHosts());
    if (!generators.isEmpty() && !engines.isEmpty()) {
      throw new UsageException("Use either --generators or --remote: a run has one kind of load");
    }
    if (!(generators.isEmpty() && engines.isEmpty()) && servers.plugins().isPresent()) {
      throw new UsageException(
          "--plugins is for the load of this machine: leave out --generators and --remote, or put"
              + " the jars into JMeter's lib/ext");
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
        generators,
        engines,
        Optional.ofNullable(remoteProperties));
  }

  private List<String> remoteHosts() {
    if (remoteProperties == null) {
      return remote;
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(remoteProperties)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) { // the second for a wrong escape
      throw new UsageException("--remote-properties cannot be read: " + e);
    }
    if (!remote.isEmpty()) {
      return remote;
    }
    List<String> hosts =
        Stream.of(properties.getProperty("remote_hosts", "").split(",", -1))
            .map(String::strip)
            .filter(host -> !host.isEmpty())
            .toList();
    if (hosts.isEmpty()) {
      throw new UsageException(
          remoteProperties + " has no remote_hosts: set it there, or name them by --remote");
    }
    return hosts;
  }

  /** Each as {@code host:port}, so that one server has one name. */
  private static List<String> servers(List<String> names) {
    List<String> servers = names.stream().map(SiteOptions::server).toList();
    if (Set.copyOf(servers).size() < servers.size()) {
      throw new UsageException("--remote names a server twice: " + String.join(",", servers));
    }
    return servers;
  }

  private static String server(String name) {
    SshAddress address = SshAddress.require("--remote", name);
    String host = address.destination();
    if (host.contains("@")) {
      throw new UsageException(
          format(
              "--remote names \"%s\", but a jmeter-server has no user: host or host:port", name));
    }
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.port().orElse(RMI_PORT);
  }

  /** Figures of one run come from one kind of load, and from the same backends. */
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
    Set<String> before = first.generators().keySet();
    if (!before.equals(Set.copyOf(testbed.loadMachines()))) {
      throw new UsageException(
          format(
              "%s was measured with its load from %s, and this would be from %s: name the same by"
                  + " --generators or --remote",
              results.folder(), machines(before), machines(testbed.loadMachines())));
    }
  }

  private static String machines(Collection<String> names) {
    return names.isEmpty() ? "here" : String.join(",", names);
  }
}
