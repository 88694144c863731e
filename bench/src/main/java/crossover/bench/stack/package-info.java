/**
 * Processes and what they need: PostgreSQL, Redis, Tomcat, JDKs, cores, ports, temporary folders;
 * and calls of their methods. It uses no other package.
 */
package crossover.bench.stack;
