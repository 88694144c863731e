/**
 * The servers under test as a run sees them: one interface, and behind it a server on this machine
 * or on another. It starts them with {@link crossover.bench.stack}, {@link crossover.bench.link}
 * and {@link crossover.bench.remote}, and reads their counters with {@link crossover.bench.probe}.
 */
package crossover.bench.server;
