package crossover.bench.experiment;

import static crossover.bench.text.Text.format;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the server stands and what links lead to and from it.
 *
 * @param name unique in its experiment
 * @param client between the clients and the server
 * @param database between the server and PostgreSQL
 * @param redis between the server and Redis
 * @param host what the server runs on
 */
public record Site(
    String name,
    Optional<LinkSpec> client,
    Optional<LinkSpec> database,
    Optional<LinkSpec> redis,
    Host host) {

  public static final Site LOCALHOST =
      new Site("localhost", Optional.empty(), Optional.empty(), Optional.empty());

  /** For those who have no Raspberry Pi; docs/pi.md says how like it is, and how unlike. */
  public static final Site PI_LIKE =
      new Site(
          "pi-like",
          Optional.of(PiProfile.CABLE),
          Optional.empty(),
          Optional.empty(),
          new Host(Optional.empty(), 1, PiProfile.LIKE_JVM_OPTIONS, PiProfile.SETTINGS));

  public Site(
      String name,
      Optional<LinkSpec> client,
      Optional<LinkSpec> database,
      Optional<LinkSpec> redis) {
    this(name, client, database, redis, Host.HERE);
  }

  /**
   * A site that needs no definition: {@code localhost}, {@code pi-like}, {@code ssh:user@host}.
   *
   * @throws UsageException if what follows {@code ssh:} is no address
   */
  static Optional<Site> known(String text) {
    if (text.startsWith(Host.SSH)) {
      Host board = Host.board(text.substring(Host.SSH.length()));
      return Optional.of(
          new Site(text, Optional.empty(), Optional.empty(), Optional.empty(), board));
    }
    return switch (text) {
      case "localhost" -> Optional.of(LOCALHOST);
      case "pi-like" -> Optional.of(PI_LIKE);
      default -> Optional.empty();
    };
  }

  /** Whether nothing stands between the server and the others. */
  public boolean isDirect() {
    return client.isEmpty() && database.isEmpty() && redis.isEmpty();
  }

  /** Refuses an arm that cannot be served there. */
  void requireFit(Arm arm) {
    boolean changes = !host.equals(Host.HERE) || database.isPresent() || redis.isPresent();
    if (arm.url().isPresent() && changes) {
      throw new UsageException(
          format(
              "the site %s changes the server, and %s, a \"url\", runs already: leave out the site",
              name, arm.name()));
    }
    if (arm.program().isPresent() && host.isElsewhere()) {
      throw new UsageException(
          format(
              "the command of the arm %s can run on this machine alone, and the site %s is another:"
                  + " leave out the site, or name a \"war\"",
              arm.name(), name));
    }
  }

  /** What its links together add to a request that takes each of them once, there and back. */
  public Duration roundTrip() {
    return Stream.of(client, database, redis)
        .flatMap(Optional::stream)
        .map(LinkSpec::roundTrip)
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Whole, but for {@link #LOCALHOST}: what a name stands for may change in a later version. */
  SiteKeys.Entry keys() {
    return equals(LOCALHOST)
        ? new SiteKeys.Entry(name, null)
        : new SiteKeys.Entry(null, SiteKeys.of(this));
  }
}
