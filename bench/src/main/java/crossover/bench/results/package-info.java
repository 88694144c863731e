/**
 * The results folder and its records: slices, environment, summary, calibration, map. Records know
 * how to be written and read, not how to be computed. It uses {@link crossover.bench.experiment}
 * only.
 */
package crossover.bench.results;
