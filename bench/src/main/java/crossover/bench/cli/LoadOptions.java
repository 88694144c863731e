package crossover.bench.cli;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.SshAddress;
import crossover.bench.experiment.UsageException;
import crossover.bench.results.Results;
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

/** The machines that make the load. */
final class LoadOptions {
  private static final int RMI_PORT = 1099;

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
  private Path properties;

  Optional<Path> properties() {
    return Optional.ofNullable(properties);
  }

  /** Each as {@code host:port}, so that one server has one name; empty: this machine. */
  List<String> servers() {
    List<String> servers = hosts().stream().map(LoadOptions::server).toList();
    if (Set.copyOf(servers).size() < servers.size()) {
      throw new UsageException("--remote names a server twice: " + String.join(",", servers));
    }
    return servers;
  }

  private List<String> hosts() {
    if (properties == null) {
      return remote;
    }
    Properties read = new Properties();
    try (InputStream in = Files.newInputStream(properties)) {
      read.load(in);
    } catch (IOException | IllegalArgumentException e) { // the second for a wrong escape
      throw new UsageException("--remote-properties cannot be read: " + e);
    }
    if (!remote.isEmpty()) {
      return remote;
    }
    List<String> hosts =
        Stream.of(read.getProperty("remote_hosts", "").split(",", -1))
            .map(String::strip)
            .filter(host -> !host.isEmpty())
            .toList();
    if (hosts.isEmpty()) {
      throw new UsageException(
          properties + " has no remote_hosts: set it there, or name them by --remote");
    }
    return hosts;
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

  /** Figures of one run come from the same machines. */
  void requireSame(Results results) throws IOException {
    Set<String> before = results.environments().get(0).generators().keySet();
    if (!before.equals(Set.copyOf(servers()))) {
      throw new UsageException(
          format(
              "%s was measured with its load from %s, and this would be from %s: name the same by"
                  + " --remote",
              results.folder(), machines(before), machines(servers())));
    }
  }

  private static String machines(Collection<String> names) {
    return names.isEmpty() ? "here" : String.join(",", names);
  }
}
