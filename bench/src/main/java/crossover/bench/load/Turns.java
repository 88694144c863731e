package crossover.bench.load;

import java.util.List;

/**
 * Closed slices of several servers, cut into turns that alternate. The users of all of them are
 * there and connected all the time, and those of one at a time are at work. Between turns no
 * request is in flight, so what a server does between the ends of its turns, it did for the
 * requests of its turns.
 */
public interface Turns extends AutoCloseable {
  /**
   * Lets some users work.
   *
   * @param index which, in the order they were given
   * @param leadIn seconds at its beginning in which answers do not count yet: at first all users
   *     begin at once
   * @param seconds after which they begin no more requests; the turn lasts until the last answer
   */
  Turn take(int index, double leadIn, double seconds);

  /** The slices of the turns since the last cut, in the order they were given. */
  List<Slice> cut();

  /** Ends all users. */
  @Override
  void close();

  /** Slices of one server as one, without percentiles; those of no requests add nothing. */
  static Slice sum(List<Slice> slices) {
    double seconds = slices.stream().mapToDouble(Slice::seconds).sum();
    long requests = slices.stream().mapToLong(Slice::requests).sum();
    double response = slices.stream().mapToDouble(s -> s.requests() * s.meanResponseMillis()).sum();
    double cycle = slices.stream().mapToDouble(s -> s.requests() * s.meanCycleMillis()).sum();
    return new Slice(
        "closed",
        slices.get(0).users(),
        0,
        seconds,
        requests,
        slices.stream().mapToLong(Slice::errors).sum(),
        slices.stream().flatMap(s -> s.errorSample().stream()).distinct().limit(5).toList(),
        slices.stream().mapToLong(Slice::unfinished).sum(),
        requests / seconds,
        response / requests,
        cycle / requests,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        slices.stream().mapToDouble(Slice::maxMillis).max().orElse(0),
        0,
        slices.stream().mapToDouble(Slice::generatorCpuSeconds).sum(),
        slices.stream().mapToLong(Slice::responseBytes).sum(),
        "",
        slices.stream().mapToInt(Slice::turns).sum(),
        List.of(),
        MergedSlice.elsewhere(slices));
  }
}
