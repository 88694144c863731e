/**
 * Counters of processes and JVMs: CPU time, context switches, allocation, garbage collection,
 * pools. It uses no other package.
 */
package crossover.bench.probe;
