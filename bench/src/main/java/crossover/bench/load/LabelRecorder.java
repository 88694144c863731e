package crossover.bench.load;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.apache.jmeter.samplers.SampleResult;

/** Counts and times by the names of a plan's requests and transactions. */
final class LabelRecorder {
  /** A label may hold a variable: what is beyond so many goes into one row. */
  private static final int MOST = 100;

  private static final int DIGITS = 2;

  /** JMeter's code of a request without an answer is a sentence. */
  private static final int STATUS_LENGTH = 3;

  private final Map<String, Row> rows = new ConcurrentHashMap<>();

  static final class Row {
    final LongAdder errors = new LongAdder();
    final LongAdder micros = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final Map<String, LongAdder> statuses = new ConcurrentHashMap<>();
    volatile String group;
    final Histogram times = new AtomicHistogram(1, ResponseTimes.SLOWEST_MICROS, DIGITS);
  }

  /** A request with its answer, or none. */
  void record(SampleResult result, long micros) {
    Row row = record(result.getSampleLabel(), micros, result.isSuccessful());
    String code = result.getResponseCode();
    String status = code.length() == STATUS_LENGTH ? code : "no answer";
    row.statuses.computeIfAbsent(status, key -> new LongAdder()).increment();
    row.bytes.add(result.getBodySizeAsLong());
    // Such as "Thread Group 1-7", its seventh user.
    String user = result.getThreadName();
    if (row.group == null) {
      row.group = user.substring(0, Math.max(0, user.lastIndexOf('-')));
    } else if (!user.startsWith(row.group) || user.lastIndexOf('-') != row.group.length()) {
      row.group = "";
    }
  }

  /** A request, or a transaction. */
  Row record(String label, long micros, boolean success) {
    Row row = rows.get(label);
    if (row == null) {
      row =
          rows.computeIfAbsent(rows.size() < MOST ? label : LabelFigures.OTHERS, key -> new Row());
    }
    row.times.recordValue(Math.min(micros, ResponseTimes.SLOWEST_MICROS));
    row.micros.add(micros);
    if (!success) {
      row.errors.increment();
    }
    return row;
  }

  void reset() {
    rows.clear();
  }

  /** By label. */
  List<LabelFigures> figures() {
    return rows.entrySet().stream()
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
        ResponseTimes.percentile(row.times, 99),
        Destination.counts(row.statuses),
        n == 0 ? 0 : (double) row.bytes.sum() / n,
        row.group);
  }
}
