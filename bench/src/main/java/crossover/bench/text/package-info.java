/**
 * Texts that are the same on every machine, whatever its locale. It uses no other package, and
 * every other may use it.
 */
package crossover.bench.text;
