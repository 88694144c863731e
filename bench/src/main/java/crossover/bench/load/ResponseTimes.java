package crossover.bench.load;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** How response times are kept: in microseconds, 1 µs to 60 s, with 3 significant digits. */
final class ResponseTimes {
  static final long SLOWEST_MICROS = 60_000_000;
  static final int DIGITS = 3;

  private ResponseTimes() {}

  /** A percentile in milliseconds; 0 of none. */
  static double percentile(Histogram histogram, double percentile) {
    return histogram.getTotalCount() == 0
        ? 0
        : histogram.getValueAtPercentile(percentile) / 1_000.0;
  }

  /** As {@link Slice} has it. */
  static String encode(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  static Histogram decode(String text) {
    try {
      return Histogram.decodeFromCompressedByteBuffer(
          ByteBuffer.wrap(Base64.getDecoder().decode(text)), SLOWEST_MICROS);
    } catch (DataFormatException e) {
      throw new GeneratorFailure("An engine's histogram cannot be read", e);
    }
  }
}
