/**
 * JMeter as the load generator: it runs a stock plan in a process of its own and times each
 * request. Of an experiment it knows no more than {@link crossover.bench.experiment} says.
 */
package crossover.bench.load;
