package crossover.bench.experiment;

import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a simulated link does to what passes it, each direction apart.
 *
 * <p>As text: {@code 20ms}, {@code 20ms±2ms}, {@code 20ms 10Mbit} hold for both directions; {@code
 * 20ms 1Mbit / 5ms 10Mbit} names first the way from the client to the server, then the way back.
 * Delays are one way, so that {@code 20ms} adds 40 ms to a round trip. Units of time: ns, us or µs,
 * ms, s; of bandwidth (decimal, per second): kbit, Mbit, Gbit; {@code +-} may stand for {@code ±}.
 *
 * @param there from the client to the server
 * @param back from the server to the client
 * @param seed of the jitter; equal seeds and equal traffic give equal delays
 */
public record LinkSpec(Lane there, Lane back, long seed) implements Serializable {

  /**
   * One direction.
   *
   * @param delay what every chunk waits, one way
   * @param jitter added to the delay: uniform between minus and plus this, at most the delay; the
   *     order of a connection's bytes is kept all the same
   * @param bytesPerSecond shared by all connections; 0 for no limit
   */
  public record Lane(Duration delay, Duration jitter, long bytesPerSecond) implements Serializable {
    public Lane {
      if (delay.isNegative() || jitter.isNegative() || jitter.compareTo(delay) > 0) {
        throw new IllegalArgumentException(
            "link: a delay must not be negative, and its jitter not more than the delay: "
                + text(delay)
                + "±"
                + text(jitter));
      }
      if (bytesPerSecond < 0) {
        throw new IllegalArgumentException("link: a bandwidth must not be negative");
      }
    }

    @Override
    public String toString() {
      return text(delay)
          + (jitter.isZero() ? "" : "±" + text(jitter))
          + (bytesPerSecond == 0 ? "" : " " + bytesPerSecond * 8 + "bit");
    }
  }

  private static final String NUMBER = "(\\d+(?:\\.\\d+)?)\\s*";
  private static final String TIME = NUMBER + "(ns|us|µs|ms|s)";
  private static final Pattern LANE =
      Pattern.compile(
          TIME + "(?:\\s*(?:±|\\+-)\\s*" + TIME + ")?(?:\\s+" + NUMBER + "([kMG]?bit))?");

  /** No delay, no limit: what the relay itself costs. */
  public static final LinkSpec NONE = parse("0ms");

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException with a message that shows the text and the form expected
   */
  public static LinkSpec parse(String text) {
    String[] lanes = text.split("/", -1);
    if (lanes.length > 2) {
      throw unreadable(text);
    }
    return new LinkSpec(lane(lanes[0], text), lane(lanes[lanes.length - 1], text), 1);
  }

  /** The same link with another seed for its jitter. */
  public LinkSpec withSeed(long other) {
    return new LinkSpec(there, back, other);
  }

  /** What the link adds to a round trip, jitter and bandwidth apart. */
  public Duration roundTrip() {
    return there.delay().plus(back.delay());
  }

  /** The text form; {@link #parse} reads it again. */
  @Override
  public String toString() {
    return there.equals(back) ? there.toString() : there + " / " + back;
  }

  private static Lane lane(String text, String whole) {
    Matcher matcher = LANE.matcher(text.strip());
    if (!matcher.matches()) {
      throw unreadable(whole);
    }
    return new Lane(
        time(matcher.group(1), matcher.group(2)),
        matcher.group(3) == null ? Duration.ZERO : time(matcher.group(3), matcher.group(4)),
        matcher.group(5) == null ? 0 : bytes(matcher.group(5), matcher.group(6)));
  }

  private static Duration time(String number, String unit) {
    double nanos =
        switch (unit) {
          case "ns" -> 1;
          case "us", "µs" -> 1e3;
          case "ms" -> 1e6;
          default -> 1e9;
        };
    return Duration.ofNanos(Math.round(Double.parseDouble(number) * nanos));
  }

  private static long bytes(String number, String unit) {
    double bits =
        switch (unit.charAt(0)) {
          case 'k' -> 1e3;
          case 'M' -> 1e6;
          case 'G' -> 1e9;
          default -> 1;
        };
    long bytes = Math.round(Double.parseDouble(number) * bits / 8);
    if (bytes == 0) {
      throw new IllegalArgumentException("link: a bandwidth of 0 lets nothing pass; leave it out");
    }
    return bytes;
  }

  private static String text(Duration time) {
    long nanos = time.toNanos();
    return nanos % 1_000_000 == 0
        ? nanos / 1_000_000 + "ms"
        : String.format(Locale.ROOT, "%dns", nanos);
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "not a link: “"
            + text
            + "”; write a delay such as 20ms, 20ms±2ms or 20ms 10Mbit,"
            + " and both directions as 20ms / 5ms");
  }
}
