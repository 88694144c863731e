package crossover.bench.plan;

import crossover.bench.stack.LinkSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the server stands and what links lead to and from it.
 *
 * @param name unique in its experiment
 * @param client between the clients and the server
 * @param database between the server and PostgreSQL
 * @param redis between the server and Redis
 */
public record Site(
    String name, Optional<LinkSpec> client, Optional<LinkSpec> database, Optional<LinkSpec> redis) {

  /** No links. */
  public static final Site LOCALHOST =
      new Site("localhost", Optional.empty(), Optional.empty(), Optional.empty());

  static Site named(YamlMap list, String text) {
    if (text.equals(LOCALHOST.name)) {
      return LOCALHOST;
    }
    throw list.refuse(
        "sites",
        "names \""
            + text
            + "\", but a site is localhost, or a mapping of name, client, database, redis");
  }

  static Site read(YamlMap yaml) {
    Site site =
        new Site(
            yaml.text("name"), link(yaml, "client"), link(yaml, "database"), link(yaml, "redis"));
    yaml.end();
    return site;
  }

  private static Optional<LinkSpec> link(YamlMap yaml, String key) {
    try {
      return yaml.optionalText(key).map(LinkSpec::parse);
    } catch (IllegalArgumentException e) {
      throw yaml.refuse(key, "is " + e.getMessage());
    }
  }

  /** Whether nothing stands between the server and the others. */
  public boolean isDirect() {
    return client.isEmpty() && database.isEmpty() && redis.isEmpty();
  }

  /** What its links together add to a request that takes each of them once, there and back. */
  public Duration roundTrip() {
    return Stream.of(client, database, redis)
        .flatMap(Optional::stream)
        .map(LinkSpec::roundTrip)
        .reduce(Duration.ZERO, Duration::plus);
  }

  Object toYaml() {
    if (equals(LOCALHOST)) {
      return name;
    }
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("name", name);
    client.ifPresent(link -> yaml.put("client", link.toString()));
    database.ifPresent(link -> yaml.put("database", link.toString()));
    redis.ifPresent(link -> yaml.put("redis", link.toString()));
    return yaml;
  }
}
