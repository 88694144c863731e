package crossover.bench.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.results.SliceLine.Phase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyLogsTest {
  private static final String LOG = "latency/far-away-get-32-sync.hlog";

  @TempDir Path parent;
  private Path folder;

  @BeforeEach
  void name() {
    folder = parent.resolve("run");
  }

  @Test
  void everyOpenSliceIsALineThatTheStandardReaderReads() throws IOException {
    try (Results results = create()) {
      results.append(open(1, null, 1_000, 2_000));
      results.append(open(2, "the generator itself was late", 9_000));
      results.append(open(2, null, 3_000));
    }

    List<Histogram> read = read();
    assertThat(read)
        .extracting(Histogram::getTag)
        .containsExactly("round-1", "round-2-invalid", "round-2");
    assertThat(read.get(0).getTotalCount()).isEqualTo(2);
    assertThat(read.get(2).getValueAtPercentile(99) / 1e3).isEqualTo(3, byTheDigits());
    assertThat(read.get(0).getStartTimeStamp()).isEqualTo(at(1).toEpochMilli());
    assertThat(read.get(0).getEndTimeStamp() - read.get(0).getStartTimeStamp()).isEqualTo(2_500);
  }

  @Test
  void goingOnRepeatsNoLineAndMakesALostFileAgain() throws IOException {
    try (Results results = create()) {
      results.append(open(1, null, 1_000));
    }
    Files.delete(folder.resolve(LOG));

    try (Results again = Results.open(folder)) {
      assertThat(read()).hasSize(1);
      again.append(open(2, null, 2_000));
    }
    Results.open(folder).close();

    assertThat(read()).extracting(Histogram::getTag).containsExactly("round-1", "round-2");
  }

  @Test
  void otherSlicesHaveNoLog() throws IOException {
    try (Results results = create()) {
      results.append(slice(Phase.CLOSED, 1, null, encoded(5)));
    }

    assertThat(folder.resolve("latency")).doesNotExist();
  }

  @Test
  void theSlicesOfAVoidedAttemptAreTakenOut() throws IOException {
    try (Results results = create()) {
      results.append(open(1, null, 1_000));
      results.append(open(2, null, 2_000));
      results.append(new RoundLine(2, 1, 1, at(2), 9, 1, 1, 1, "a proxy answered", true));
      assertThat(read()).extracting(Histogram::getTag).containsExactly("round-1");

      results.append(new RoundLine(1, 1, 1, at(1), 9, 1, 1, 1, "a proxy answered", true));
      assertThat(folder.resolve(LOG)).doesNotExist();
    }
  }

  @Test
  void aDamagedHistogramIsNamed() throws IOException {
    try (Results results = create()) {
      assertThatThrownBy(() -> results.append(slice(Phase.OPEN, 3, null, "HISTFAAAAB")))
          .isInstanceOf(UnusableResultsException.class)
          .hasMessageContaining("round 3 (get, sync)");
    }
  }

  @Test
  void aDamagedHistogramInAFolderCostsItsLineOnly() throws IOException {
    try (Results results = create()) {
      results.append(open(1, null, 1_000));
      results.append(open(2, null, 2_000));
    }
    Path slices = folder.resolve("slices.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(slices));
    lines.set(0, lines.get(0).replaceAll("\"histogram\":\"[^\"]*", "\"histogram\":\"HISTFAAAAB"));
    Files.write(slices, lines);

    try (Results again = Results.open(folder)) {
      assertThat(again.damagedLines()).containsExactly(1);
      assertThat(again.slices()).extracting(SliceLine::round).containsExactly(2);
    }
    assertThat(read()).extracting(Histogram::getTag).containsExactly("round-2");
  }

  private List<Histogram> read() throws IOException {
    List<Histogram> histograms = new ArrayList<>();
    try (HistogramLogReader reader = new HistogramLogReader(folder.resolve(LOG).toFile())) {
      for (EncodableHistogram next = reader.nextIntervalHistogram();
          next != null;
          next = reader.nextIntervalHistogram()) {
        histograms.add((Histogram) next);
      }
    }
    return histograms;
  }

  private static org.assertj.core.data.Offset<Double> byTheDigits() {
    return org.assertj.core.data.Offset.offset(0.003);
  }

  private Results create() throws IOException {
    return Results.create(folder, "name: tiny\n", Map.of("cpu", "two cores"));
  }

  private static SliceLine open(int round, String invalid, long... micros) {
    return slice(Phase.OPEN, round, invalid, encoded(micros));
  }

  private static String encoded(long... micros) {
    Histogram histogram = new Histogram(1, 60_000_000, 3);
    Arrays.stream(micros).forEach(histogram::recordValue);
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  private static Instant at(int round) {
    return Instant.parse("2026-03-01T09:00:00.125Z").plusSeconds(60L * round);
  }

  private static SliceLine slice(Phase phase, int round, String invalid, String histogram) {
    return new MadeSlice()
        .with("round", round)
        .with("site", "far away")
        .with("phase", phase)
        .with("start", at(round))
        .with("invalidReason", invalid)
        .load("kind", "open")
        .load("offeredRate", 50)
        .load("seconds", 2.5)
        .load("histogram", histogram)
        .line();
  }
}
