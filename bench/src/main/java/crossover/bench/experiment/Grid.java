package crossover.bench.experiment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An experiment that is a map: one view at several levels of users × several delays on the link to
 * the database, and nothing else that varies.
 *
 * @param users ascending
 * @param sites by what the link adds to one round trip to the database, in milliseconds
 */
public record Grid(View view, List<Integer> users, SortedMap<Double, Site> sites) {

  /** The grid that an experiment measures; empty when it is none. */
  public static Optional<Grid> of(Definition definition) {
    SortedMap<Double, Site> sites = new TreeMap<>();
    definition.sites().stream()
        .filter(Grid::delaysTheDatabaseAlone)
        .forEach(site -> sites.put(delayMillis(site), site));
    List<Integer> users = definition.measurement().users().stream().distinct().sorted().toList();
    boolean whole =
        definition.views().size() == 1
            && sites.size() == definition.sites().size()
            && sites.size() >= 2
            && users.size() >= 2;
    return whole
        ? Optional.of(new Grid(definition.views().get(0), users, sites))
        : Optional.empty();
  }

  /**
   * The grid that an experiment measures.
   *
   * @throws UsageException when it is none, saying what a grid is
   */
  public static Grid require(Definition definition) {
    return of(definition)
        .orElseThrow(
            () ->
                new UsageException(
                    "the experiment \""
                        + definition.name()
                        + "\" is no map: that needs one view in \"plans\", two levels or more in"
                        + " \"users\", and two \"sites\" or more that differ by the delay of"
                        + " \"database\" alone, such as {name: far, database: 10ms}"));
  }

  private static boolean delaysTheDatabaseAlone(Site site) {
    return site.client().isEmpty()
        && site.redis().isEmpty()
        && site.database().map(Grid::isDelayAlone).orElse(true);
  }

  private static boolean isDelayAlone(LinkSpec link) {
    return List.of(link.there(), link.back()).stream()
        .allMatch(lane -> lane.jitter().isZero() && lane.bytesPerSecond() == 0);
  }

  private static double delayMillis(Site site) {
    return site.database().map(LinkSpec::roundTrip).map(Duration::toNanos).orElse(0L) / 1e6;
  }
}
