/**
 * A Tomcat valve that answers late, for experiments that check the method with a known delay.
 * Tomcat loads it; no other package uses it.
 */
package crossover.bench.delay;
