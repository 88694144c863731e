package crossover.bench.load;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/** Counts and times by the names of a plan's requests and transactions. */
final class LabelRecorder {
  /** A label may hold a variable: what is beyond so many goes into one row. */
  private static final int MOST = 100;

  private static final int DIGITS = 2;

  private final Map<String, Row> rows = new ConcurrentHashMap<>();

  private static final class Row {
    final LongAdder errors = new LongAdder();
    final LongAdder micros = new LongAdder();
    final Histogram times = new AtomicHistogram(1, ResponseTimes.SLOWEST_MICROS, DIGITS);
  }

  void record(String label, long micros, boolean success) {
    Row row = rows.get(label);
    if (row == null) {
      row = rows.computeIfAbsent(rows.size() < MOST ? label : "(others)", key -> new Row());
    }
    row.times.recordValue(Math.min(micros, ResponseTimes.SLOWEST_MICROS));
    row.micros.add(micros);
    if (!success) {
      row.errors.increment();
    }
  }

  void reset() {
    rows.clear();
  }

  /** By label; empty when there is one only, for then the slice itself says it. */
  List<LabelFigures> figures() {
    return rows.size() < 2
        ? List.of()
        : rows.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> figures(entry.getKey(), entry.getValue()))
            .toList();
  }

  private static LabelFigures figures(String label, Row row) {
    long n = row.times.getTotalCount();
    return new LabelFigures(
        label,
        n,
        row.errors.sum(),
        n == 0 ? 0 : row.micros.sum() / 1e3 / n,
        ResponseTimes.percentile(row.times, 50),
        ResponseTimes.percentile(row.times, 99));
  }
}
