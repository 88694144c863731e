package crossover.bench.load;

import java.io.Serializable;

/**
 * What came of one turn.
 *
 * @param requests that ended in its window, after the lead-in and before users began no more
 * @param begun requests in all of it; all of them had their answers
 * @param window seconds
 * @param seconds from the first request's start to the last answer
 * @param over whether these users take no further turn: they did not connect, or have no answer
 */
public record Turn(long requests, long begun, double window, double seconds, boolean over)
    implements Serializable {}
