package crossover.bench.server;

import crossover.bench.experiment.Definition;
import crossover.bench.experiment.LinkSpec;
import crossover.bench.experiment.Site;
import crossover.bench.stack.Stack;
import crossover.bench.stack.StartFailure;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The simulated links of an experiment. Where one of its sites has a link, all of its sites go
 * through the same relay, at no delay if they have none: so two sites differ by the delay, and not
 * by a relay.
 */
final class Links implements AutoCloseable {
  static final String JDBC = "jdbc:";

  private final Stack stack;
  private final boolean clients;
  private final Optional<Link> database;
  private final Optional<Link> redis;
  private final List<Link> ofClients = new ArrayList<>();
  private Site site;

  private Links(Stack stack, boolean clients, Optional<Link> database, Optional<Link> redis) {
    this.stack = stack;
    this.clients = clients;
    this.database = database;
    this.redis = redis;
  }

  static Links open(Stack stack, Definition definition) {
    return new Links(
        stack,
        definition.sites().stream().anyMatch(s -> s.client().isPresent()),
        needed(definition, Site::database).map(any -> to(stack, databaseUri(stack))),
        needed(definition, Site::redis).map(any -> to(stack, stack.redis())));
  }

  private static Optional<Site> needed(
      Definition definition, Function<Site, Optional<LinkSpec>> link) {
    return definition.sites().stream().filter(s -> link.apply(s).isPresent()).findFirst();
  }

  private static Link to(Stack stack, URI target) {
    return to(stack, target.getHost(), target.getPort());
  }

  private static Link to(Stack stack, String host, int port) {
    return Link.open(
        LinkSpec.NONE,
        host,
        port,
        stack.directory().resolve("links.log"),
        stack.cpus().others(),
        stack.watchdog());
  }

  static URI databaseUri(Stack stack) {
    return URI.create(stack.database().url().substring(JDBC.length()));
  }

  /** The system properties that lead a server's backends through the links. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    database.ifPresent(
        link ->
            settings.put(
                "crossover.jdbc.url", JDBC + through(databaseUri(stack), link.localPort())));
    redis.ifPresent(
        link -> settings.put("crossover.redis.url", through(stack.redis(), link.localPort())));
    return settings;
  }

  /** An address by way of a port of the loopback interface. */
  static String through(URI target, int port) {
    String authority = target.getHost() + ":" + target.getPort();
    return target.toString().replace(authority, "127.0.0.1:" + port);
  }

  /** The link that clients take to a server; empty where they go there directly. */
  synchronized Optional<Link> toServer(String host, int port) {
    if (!clients) {
      return Optional.empty();
    }
    Link link = to(stack, host, port);
    ofClients.add(link);
    try {
      link.relay().apply(site == null ? LinkSpec.NONE : site.client().orElse(LinkSpec.NONE));
    } catch (IOException e) {
      throw new StartFailure("cannot lead clients to " + host + ":" + port, e);
    }
    return Optional.of(link);
  }

  synchronized void forget(Link link) {
    ofClients.remove(link);
    link.close();
  }

  /** Sets the delays and limits of a site on the links. */
  synchronized void apply(Site next) throws IOException {
    if (next.equals(site)) {
      return;
    }
    site = next;
    for (Link link : ofClients) {
      link.relay().apply(next.client().orElse(LinkSpec.NONE));
    }
    if (database.isPresent()) {
      database.get().relay().apply(next.database().orElse(LinkSpec.NONE));
    }
    if (redis.isPresent()) {
      redis.get().relay().apply(next.redis().orElse(LinkSpec.NONE));
    }
  }

  /** The processes by name, for CPU accounting. */
  Map<String, Long> pids() {
    Map<String, Long> pids = new HashMap<>();
    database.ifPresent(link -> pids.put("link to database", link.pid()));
    redis.ifPresent(link -> pids.put("link to redis", link.pid()));
    return pids;
  }

  @Override
  public synchronized void close() {
    ofClients.forEach(Link::close);
    database.ifPresent(Link::close);
    redis.ifPresent(Link::close);
  }
}
