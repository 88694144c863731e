/**
 * Processes and what they need: PostgreSQL, Redis, Tomcat, JDKs, cores, ports, temporary folders.
 * It uses no other package.
 */
package crossover.bench.stack;
