package crossover.bench.load;

import crossover.bench.probe.Machine;
import java.util.List;
import java.util.Map;

/**
 * What the generator's process does for the runner. During {@link #run} it tells when the window
 * opens and closes.
 *
 * @param <E> what the methods throw: in that process any exception, in the runner's a {@link
 *     GeneratorFailure}, which need not be declared
 */
public interface GeneratorCalls<E extends Exception> {
  /** The window opens now. */
  String OPENS = "opens";

  /** The window closes now. */
  String CLOSES = "closes";

  /**
   * From now on slices are run by servers, each {@code host:port}.
   *
   * @param properties a jmeter.properties that holds for the connections; empty: none
   * @param servedHere whether they must reach this machine's loopback interface
   */
  Map<String, Machine> use(List<String> servers, String properties, boolean servedHere) throws E;

  /** As {@link Engine#run}. */
  Slice run(Traffic traffic) throws E;

  /** As {@link Engine#turns}; false where these cannot take turns. */
  boolean connect(List<Traffic> traffics) throws E;

  /** As {@link Turns#take}. */
  Turn take(int index, double leadIn, double seconds) throws E;

  /** As {@link Turns#cut}. */
  List<Slice> cut() throws E;

  /** Ends all users who take turns. */
  void end() throws E;
}
