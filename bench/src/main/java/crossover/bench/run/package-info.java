/**
 * How an experiment is measured: experiment, round, cell, slice; warm-up, turns, stopping early,
 * and going on with a run that was interrupted. It measures servers and loads them, keeps what it
 * measured in {@link crossover.bench.results} and asks {@link crossover.bench.analysis} when to
 * stop.
 */
package crossover.bench.run;
