package crossover.bench.load;

import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.jmeter.protocol.http.sampler.HTTPSampleResult;
import org.apache.jmeter.samplers.SampleResult;

/** The server that a slice is for: where a plan's requests should go. */
record Destination(String host, int port) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /** What the runner tells every plan. */
  static Destination of(Map<String, String> properties) {
    return new Destination(
        properties.getOrDefault("host", ""),
        Integer.parseInt(properties.getOrDefault("port", "0")));
  }

  /**
   * The host and port that a request went to, or what it led to: a redirect, a picture in a page.
   * Null when they are these.
   */
  String other(SampleResult result) {
    return Stream.concat(
            Stream.ofNullable(otherOf(result)),
            Stream.of(result.getSubResults()).map(this::other).filter(Objects::nonNull))
        .findFirst()
        .orElse(null);
  }

  private String otherOf(SampleResult result) {
    URL url = result instanceof HTTPSampleResult http ? http.getURL() : null;
    if (url == null || port == 0 || url.getProtocol().equals("file")) {
      return null;
    }
    int used = url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
    String to = url.getHost();
    boolean same = to.equalsIgnoreCase(host) || LOOPBACK.containsAll(List.of(to, host));
    return same && used == port ? null : to + ":" + used;
  }

  /** False for what JMeter's cache or a local file has answered. */
  static boolean leftTheMachine(SampleResult result) {
    return hasAnswered(result) || result.getResponseCode().startsWith(Slice.NO_ANSWER);
  }

  /** Whether a server answered, rightly or not. */
  static boolean hasAnswered(SampleResult result) {
    return !result.getResponseHeaders().isEmpty();
  }

  /** How many answers of servers there are in a result. */
  static long answers(SampleResult result) {
    SampleResult[] parts = result.getSubResults();
    return parts.length == 0
        ? hasAnswered(result) ? 1 : 0
        : Stream.of(parts).mapToLong(Destination::answers).sum();
  }

  static Map<String, Long> counts(Map<String, LongAdder> adders) {
    Map<String, Long> counts = new TreeMap<>();
    adders.forEach((name, adder) -> counts.put(name, adder.sum()));
    return counts;
  }
}
