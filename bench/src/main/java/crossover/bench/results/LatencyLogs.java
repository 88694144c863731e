package crossover.bench.results;

import static crossover.bench.text.Text.format;
import static java.nio.charset.StandardCharsets.UTF_8;

import crossover.bench.experiment.Cell;
import crossover.bench.results.SliceLine.Phase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The response times of every open slice as HdrHistogram's own log files, one an arm and place, one
 * line a slice, for whatever tool reads those. They are made from slices.jsonl, which holds the
 * same histograms: a file is replaced as a whole, so no kill leaves a line out, or in it twice.
 */
final class LatencyLogs {
  private static final String FOLDER = "latency";

  /** The log's column of maxima is in milliseconds, the histograms are in microseconds. */
  private static final double MICROS_PER_MILLI = 1000.0;

  private final Path folder;

  LatencyLogs(Path resultsFolder) {
    folder = resultsFolder.resolve(FOLDER);
  }

  /** Makes the files of some slices again, with those that count. */
  void restore(List<SliceLine> some, List<SliceLine> counting) throws IOException {
    for (String name :
        some.stream().filter(LatencyLogs::isOpen).map(this::name).distinct().toList()) {
      write(name, counting);
    }
  }

  private static boolean isOpen(SliceLine slice) {
    return slice.phase() == Phase.OPEN && slice.load() != null && slice.load().requests() > 0;
  }

  private String name(SliceLine slice) {
    Cell.Id cell = slice.cell();
    String name = cell.site() + "-" + cell.view() + "-" + cell.users() + "-" + slice.arm();
    return name.replaceAll("[^A-Za-z0-9._-]+", "-") + ".hlog";
  }

  private void write(String name, List<SliceLine> slices) throws IOException {
    List<SliceLine> own = slices.stream().filter(s -> isOpen(s) && name(s).equals(name)).toList();
    if (own.isEmpty()) {
      Files.deleteIfExists(folder.resolve(name));
      return;
    }
    Files.createDirectories(folder);
    JsonFile.replace(folder.resolve(name), text(own));
  }

  private static String text(List<SliceLine> slices) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    HistogramLogWriter log = new HistogramLogWriter(bytes);
    log.outputComment(
        "[Response times in microseconds, from the intended start; maxima in milliseconds;"
            + " tag: the round, with -invalid where the slice has a reason not to be used]");
    log.outputLogFormatVersion();
    log.outputStartTime(slices.get(0).start().toEpochMilli());
    log.outputLegend();
    for (SliceLine slice : slices) {
      double start = slice.start().toEpochMilli() / 1000.0;
      double end = start + slice.load().seconds();
      log.outputIntervalHistogram(start, end, histogram(slice), MICROS_PER_MILLI);
    }
    log.close();
    return bytes.toString(UTF_8);
  }

  /** Whether the response times of a slice can be read, if it needs any. */
  static boolean hasHistogram(SliceLine slice) {
    try {
      return !isOpen(slice) || histogram(slice) != null;
    } catch (UnusableResultsException e) {
      return false;
    }
  }

  private static Histogram histogram(SliceLine slice) {
    try {
      byte[] encoded = Base64.getDecoder().decode(slice.load().histogram());
      Histogram histogram = Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(encoded), 0);
      histogram.setTag("round-" + slice.round() + (slice.valid() ? "" : "-invalid"));
      return histogram;
    } catch (DataFormatException | RuntimeException e) {
      throw new UnusableResultsException(
          format(
              "the histogram of an open slice of round %d (%s, %s) is damaged: restore slices.jsonl, or start a new run",
              slice.round(), slice.cell().view(), slice.arm()),
          e);
    }
  }
}
