package crossover.bench.link;

import static crossover.bench.text.Text.format;

/**
 * What a link carried since its start, and how punctually.
 *
 * @param connections open now
 * @param accepted connections since the start
 * @param chunks reads since the start, both directions
 * @param bytes since the start, both directions
 * @param lateP50Micros by how much later than asked chunks left since the last look, median, µs
 * @param lateP99Micros the same, 99th percentile
 * @param lateMaxMicros the same, the worst
 */
public record LinkFigures(
    int connections,
    long accepted,
    long chunks,
    long bytes,
    double lateP50Micros,
    double lateP99Micros,
    double lateMaxMicros) {

  /** One line that {@link #parse} reads again. */
  @Override
  public String toString() {
    return format(
        "%s %s %s %s %s %s %s",
        connections, accepted, chunks, bytes, lateP50Micros, lateP99Micros, lateMaxMicros);
  }

  public static LinkFigures parse(String line) {
    String[] field = line.split(" ", -1);
    return new LinkFigures(
        Integer.parseInt(field[0]),
        Long.parseLong(field[1]),
        Long.parseLong(field[2]),
        Long.parseLong(field[3]),
        Double.parseDouble(field[4]),
        Double.parseDouble(field[5]),
        Double.parseDouble(field[6]));
  }
}
