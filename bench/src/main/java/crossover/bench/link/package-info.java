/**
 * The simulated network link: a relay that delays what passes through it and limits its bandwidth.
 * Its text form is {@link crossover.bench.experiment.LinkSpec}. It runs in a process of its own.
 */
package crossover.bench.link;
