package crossover.bench.run;

import crossover.bench.experiment.Definition;
import crossover.bench.server.RemoteBackendChoice;
import crossover.bench.stack.Cpus;
import crossover.bench.stack.Database;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the user chose of a testbed.
 *
 * @param database one that already runs; empty: one is started
 * @param redis likewise
 * @param backends where the backends of a site on another machine run
 * @param ssh the OpenSSH client with its options
 * @param plugins a folder of jars for JMeter, besides its own
 * @param remote {@code jmeter-server}s that make the load; empty: this machine does
 * @param remoteProperties a jmeter.properties for the connections to them
 */
public record TestbedSpec(
    Installation installation,
    Jdk jdk,
    Cpus cpus,
    Optional<Database> database,
    Optional<URI> redis,
    RemoteBackendChoice.Backends backends,
    List<String> ssh,
    Optional<Path> plugins,
    List<String> remote,
    Optional<Path> remoteProperties) {

  /** The backends of sites on other machines. */
  public RemoteBackendChoice remoteBackends(Definition definition) {
    boolean there = areNamedFromElsewhere(definition);
    return new RemoteBackendChoice(
        ssh, backends, there ? database : Optional.empty(), there ? redis : Optional.empty());
  }

  /** Whether the backends that the user named are reached from another machine. */
  boolean areNamedFromElsewhere(Definition definition) {
    return backends == RemoteBackendChoice.Backends.REMOTE
        && definition.sites().stream().anyMatch(site -> site.host().isElsewhere());
  }
}
