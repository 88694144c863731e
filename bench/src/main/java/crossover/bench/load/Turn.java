package crossover.bench.load;

import java.io.Serializable;

/**
 * What came of one turn.
 *
 * @param requests that had their answers in it: all that it began
 * @param seconds from the first request's start to the last answer
 * @param over whether these users take no further turn: they did not connect, or have no answer
 */
public record Turn(long requests, double seconds, boolean over) implements Serializable {}
