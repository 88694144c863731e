/**
 * Statistics: numbers in, numbers out. It knows nothing of experiments, servers or files, and uses
 * no other package.
 */
package crossover.bench.stats;
