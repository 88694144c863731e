package crossover.bench.cli;

import crossover.bench.stack.Cpus;
import crossover.bench.stack.Database;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Stack;
import java.util.List;

/**
 * PostgreSQL and Redis for all runs of a test class: to start some for each run takes longer than
 * what such a run measures.
 */
public final class SharedBackends implements AutoCloseable {
  private final Stack stack = Stack.open(Installation.find(), Cpus.free(), null, null);

  /** With which a run uses them. */
  public List<String> options() {
    Database database = stack.database();
    return List.of(
        "--jdbc-url=" + database.url(),
        "--jdbc-user=" + database.user(),
        "--jdbc-password=" + database.password(),
        "--redis-url=" + stack.redis());
  }

  @Override
  public void close() {
    stack.close();
  }
}
