/**
 * What is to be measured: the experiment, its YAML file and its schedule. It starts nothing,
 * measures nothing, and uses no other package.
 */
package crossover.bench.experiment;
