package crossover.bench;

import crossover.bench.plan.Arm;
import crossover.bench.plan.Definition;
import crossover.bench.plan.UsageException;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Stack;
import java.util.List;
import java.util.Optional;
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
  private Elsewhere.Backends backends = Elsewhere.Backends.REMOTE;

  @Option(
      names = "--ssh",
      paramLabel = "COMMAND",
      split = " ",
      defaultValue = "ssh",
      description = "The OpenSSH client with its options (default: ${DEFAULT-VALUE}).")
  private List<String> ssh;

  @Option(
      names = "--generators",
      split = ",",
      paramLabel = "USER@HOST",
      description =
          "Machines that SSH reaches and that make the load together, in place of this one.")
  private List<String> generators = List.of();

  /** Whether the user chose any site. */
  boolean given() {
    return !sites.isEmpty();
  }

  Definition chosen(Definition definition) {
    return sites.isEmpty() ? definition : definition.withSites(sites);
  }

  /** Starts the backends here. */
  Stack open(ServerOptions servers, Definition definition, Installation installation) {
    return areNamedFrom(definition)
        ? servers.openWithOwn(installation)
        : servers.open(installation);
  }

  /** Whether the servers that the user named are those of a machine elsewhere. */
  private boolean areNamedFrom(Definition definition) {
    return backends == Elsewhere.Backends.REMOTE
        && definition.sites().stream().anyMatch(site -> site.host().isElsewhere());
  }

  Sites connect(
      ServerOptions servers,
      Stack stack,
      Definition definition,
      Installation installation,
      Jdk jdk) {
    boolean there = areNamedFrom(definition);
    Elsewhere elsewhere =
        new Elsewhere(
            ssh,
            backends,
            there ? servers.database() : Optional.empty(),
            there ? servers.redis() : Optional.empty());
    return Sites.open(stack, definition, elsewhere, installation, jdk);
  }

  /** Connects to the load machines; none where the load comes from here. */
  LoadMachines loadMachines(Stack stack, Definition definition, Installation installation) {
    return LoadMachines.open(generators, ssh, definition, stack, installation);
  }

  /** The definition without the arms for which a machine elsewhere has no Java. */
  Definition possible(Definition definition, Sites opened, List<String> notices) {
    List<String> out =
        definition.arms().stream().filter(a -> !opened.canRun(a)).map(Arm::name).toList();
    if (out.isEmpty()) {
      return definition;
    }
    if (out.contains(definition.baseline())) {
      throw new UsageException(
          "the baseline " + definition.baseline() + " needs a newer Java than " + opened.javas());
    }
    String notice =
        "Left out: " + String.join(", ", out) + ", for want of Java on " + opened.javas() + ".";
    System.out.println(notice);
    notices.add(notice);
    return definition.withArms(opened::canRun);
  }
}
