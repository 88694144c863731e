/**
 * Machines that SSH reaches: the connection, the files that are copied there, and the processes
 * that run there. It runs {@link crossover.bench.stack} and {@link crossover.bench.probe} on the
 * other machine.
 */
package crossover.bench.remote;
