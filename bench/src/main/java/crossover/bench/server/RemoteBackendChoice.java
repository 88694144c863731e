package crossover.bench.server;

import crossover.bench.stack.Database;
import crossover.bench.text.Secrets;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * How a run uses machines other than this one.
 *
 * @param ssh the OpenSSH client with the user's options
 * @param backends where PostgreSQL and Redis of such a site run
 * @param database one that already runs, as it is reached from there; with remote backends only
 * @param redis likewise
 */
public record RemoteBackendChoice(
    List<String> ssh, Backends backends, Optional<Database> database, Optional<URI> redis) {

  /** Where backends are, as the user sees it. */
  public enum Backends {
    /** On this machine, reached through the SSH connection. */
    LOCAL,
    /** On the machine of the server. */
    REMOTE
  }

  /** As it is when the user says nothing. */
  public static final RemoteBackendChoice DEFAULT =
      new RemoteBackendChoice(List.of("ssh"), Backends.REMOTE, Optional.empty(), Optional.empty());

  /** For a reader, and to tell one run's backends from another's. */
  public String description() {
    StringJoiner words = new StringJoiner(", ");
    words.add(backends == Backends.LOCAL ? "local" : "remote");
    database.ifPresent(named -> words.add(named.url()));
    redis.ifPresent(named -> words.add(named.toString()));
    return Secrets.masked(words.toString());
  }

  /** Whether there is nothing left to start there. */
  boolean hasBoth() {
    return database.isPresent() && redis.isPresent();
  }
}
