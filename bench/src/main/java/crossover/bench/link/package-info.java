/**
 * The simulated network link: a relay that delays what passes through it and limits its bandwidth.
 * It uses no other package, and runs in a process of its own.
 */
package crossover.bench.link;
