/**
 * What a reader sees: tables on the console, the HTML report, its pictures. It formats the records
 * of {@link crossover.bench.results} and computes nothing.
 */
package crossover.bench.report;
