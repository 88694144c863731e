/**
 * Texts that are the same on every machine, whatever its locale, and without passwords. It uses no
 * other package, and every other may use it.
 */
package crossover.bench.text;
