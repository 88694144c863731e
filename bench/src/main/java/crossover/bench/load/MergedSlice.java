package crossover.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/** One slice out of those that several engines saw at the same time. */
final class MergedSlice {
  private static final int ERRORS_SHOWN = 5;

  private MergedSlice() {}

  /**
   * The sum: counts and rates added, means weighted by requests, percentiles from the added
   * histograms, which are exactly those of all requests together. Of the engines' lateness the
   * worst p99 stands for all, which is never less than that of all together.
   *
   * @param whole what all engines together were asked for
   * @param parts what was seen; at least one
   * @param lost users of engines that died
   * @param why what happened to these
   * @param spreadMillis as {@link Slice#openingSpreadMillis}
   */
  static Slice of(
      Traffic whole, List<Slice> parts, long lost, List<String> why, double spreadMillis) {
    Histogram responses = new Histogram(1, ResponseTimes.SLOWEST_MICROS, ResponseTimes.DIGITS);
    parts.forEach(part -> responses.add(ResponseTimes.decode(part.histogram())));
    long requests = sum(parts, Slice::requests);
    double seconds = whole.planned() ? parts.get(0).seconds() : whole.seconds();
    List<String> errors = new ArrayList<>(why);
    parts.stream().flatMap(part -> part.errorSample().stream()).distinct().forEach(errors::add);
    return new Slice(
        parts.get(0).kind(),
        whole.users(),
        whole.rate(),
        seconds,
        requests,
        sum(parts, Slice::errors),
        List.copyOf(errors.subList(0, Math.min(errors.size(), ERRORS_SHOWN))),
        sum(parts, Slice::unfinished) + lost,
        requests / seconds,
        mean(parts, requests, Slice::meanResponseMillis),
        mean(parts, requests, Slice::meanCycleMillis),
        ResponseTimes.percentile(responses, 50),
        ResponseTimes.percentile(responses, 90),
        ResponseTimes.percentile(responses, 99),
        ResponseTimes.percentile(responses, 99.9),
        ResponseTimes.percentile(responses, 100),
        parts.stream().mapToDouble(Slice::latenessP99Millis).max().orElseThrow(),
        parts.stream().mapToDouble(Slice::generatorCpuSeconds).sum(),
        sum(parts, Slice::responseBytes),
        ResponseTimes.encode(responses),
        1,
        labels(parts),
        sum(parts.stream().map(Slice::elsewhere).toList()),
        sum(parts, Slice::answered),
        spreadMillis,
        sum(parts, Slice::unanswered));
  }

  private static List<LabelFigures> labels(List<Slice> parts) {
    Map<String, LabelFigures> labels = new TreeMap<>();
    parts.stream()
        .flatMap(part -> part.labels().stream())
        .forEach(row -> labels.merge(row.label(), row, MergedSlice::sum));
    return List.copyOf(labels.values());
  }

  private static LabelFigures sum(LabelFigures a, LabelFigures b) {
    long n = a.requests() + b.requests();
    return new LabelFigures(
        a.label(),
        n,
        a.errors() + b.errors(),
        n == 0 ? 0 : (a.meanMillis() * a.requests() + b.meanMillis() * b.requests()) / n,
        Math.max(a.p50Millis(), b.p50Millis()),
        Math.max(a.p99Millis(), b.p99Millis()),
        sum(List.of(a.statuses(), b.statuses())),
        n == 0 ? 0 : (a.meanBytes() * a.requests() + b.meanBytes() * b.requests()) / n,
        a.group().equals(b.group()) ? a.group() : "");
  }

  private static Map<String, Long> sum(List<Map<String, Long>> parts) {
    Map<String, Long> all = new TreeMap<>();
    parts.forEach(part -> part.forEach((key, n) -> all.merge(key, n, Long::sum)));
    return all;
  }

  private static long sum(List<Slice> parts, ToLongFunction<Slice> figure) {
    return parts.stream().mapToLong(figure).sum();
  }

  private static double mean(List<Slice> parts, long requests, ToDoubleFunction<Slice> figure) {
    double total =
        parts.stream().mapToDouble(part -> figure.applyAsDouble(part) * part.requests()).sum();
    return requests == 0 ? 0 : total / requests;
  }
}
