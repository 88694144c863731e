package crossover.bench.results;

import crossover.bench.experiment.Site;
import crossover.bench.probe.Machine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run was measured with: environment.json. Figures that are compared must share it.
 *
 * @param command the command line, with everything that was drawn or found made explicit
 * @param gitRevision of Crossover; "unknown" outside a repository
 * @param versions of everything that takes part, by name, and digests of WARs, overlays, SQL
 *     scripts and plans
 * @param serverJdk the JDK of the servers
 * @param serverCores the server's own cores; empty: not pinned
 * @param otherCores the cores of generator and backends; empty: not pinned
 * @param settings system properties that every arm shares, and those of each, by arm
 * @param jvmOptions JVM options by arm
 * @param rounds planned for this day
 * @param timeLimited whether the experiment's time limit holds for them; null: not known
 * @param notices what a reader must know
 * @param hosts the machines of those sites that are not here, by site
 * @param generators the load machines, by name; empty: the load came from here
 */
public record Environment(
    Instant started,
    String command,
    String gitRevision,
    Machine machine,
    Map<String, String> versions,
    String serverJdk,
    List<Integer> serverCores,
    List<Integer> otherCores,
    Map<String, Map<String, String>> settings,
    Map<String, List<String>> jvmOptions,
    int rounds,
    Boolean timeLimited,
    List<String> notices,
    Map<String, Machine> hosts,
    Map<String, Machine> generators) {
  // What begins the name of a digest among the versions: those of an arm, and that of a view.
  public static final String WAR = "WAR of ";
  public static final String OVERLAY = "overlay of ";
  public static final String SQL = "SQL script of ";
  public static final String PLAN = "plan ";

  public Machine machineOf(Site site) {
    return hosts.getOrDefault(site.name(), machine);
  }

  public int coresOfServer(Site site) {
    if (site.host().isElsewhere()) {
      return machineOf(site).cores();
    }
    int limit = site.host().cores();
    return limit == 0 ? coresOfServer() : Math.min(limit, coresOfServer());
  }

  /** A digest of what was measured, by its name among the versions; empty where not known. */
  public Optional<String> digest(String name) {
    return Optional.ofNullable(versions.get(name)).filter(d -> !d.equals(ContentDigest.UNKNOWN));
  }

  /** Whether server and generator had cores of their own. */
  public boolean pinned() {
    return !serverCores.isEmpty();
  }

  public int coresOfServer() {
    return pinned() ? serverCores.size() : machine.cores();
  }

  public int coresOfOthers() {
    if (!generators.isEmpty()) {
      return generators.values().stream().mapToInt(Machine::cores).sum();
    }
    return pinned() ? otherCores.size() : machine.cores();
  }
}
