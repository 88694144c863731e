package crossover.bench.link;

import java.io.Serializable;

/**
 * What a link carried since its start, and how punctually.
 *
 * @param connections open now
 * @param chunks reads since the start, both directions
 * @param bytes since the start, both directions
 * @param lateP99Micros by how much later than asked chunks left since the last look, 99th
 *     percentile, µs
 */
public record LinkFigures(int connections, long chunks, long bytes, double lateP99Micros)
    implements Serializable {}
