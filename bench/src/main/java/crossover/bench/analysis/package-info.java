/**
 * From measured slices to conclusions: the summary, its validity gates, what bound each cell, the
 * map. It uses {@link crossover.bench.experiment}, {@link crossover.bench.results} and {@link
 * crossover.bench.stats}.
 */
package crossover.bench.analysis;
