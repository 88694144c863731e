package crossover.bench.load;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Closed slices of several servers, cut into turns that alternate. The users of all of them are
 * there and connected all the time, and those of one at a time are at work. Between turns no
 * request is in flight, so what a server does between the ends of its turns, it did for the
 * requests of its turns.
 */
public final class Turns implements AutoCloseable {
  private final GeneratorCalls<RuntimeException> generator;
  private final BooleanSupplier alive;

  Turns(GeneratorCalls<RuntimeException> generator, BooleanSupplier alive) {
    this.generator = generator;
    this.alive = alive;
  }

  /**
   * Lets some users work.
   *
   * @param index which, in the order they were given
   * @param leadIn seconds at its beginning in which answers do not count yet: at first all users
   *     begin at once
   * @param seconds after which they begin no more requests; the turn lasts until the last answer
   */
  public Turn take(int index, double leadIn, double seconds) {
    return generator.take(index, leadIn, seconds);
  }

  /** The slices of the turns since the last cut, in the order they were given. */
  public List<Slice> cut() {
    return generator.cut();
  }

  /** Ends all users. */
  @Override
  public void close() {
    if (alive.getAsBoolean()) {
      generator.end();
    }
  }
}
