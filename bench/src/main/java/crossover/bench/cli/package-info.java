/**
 * The command line: one class for each command, and the groups of options that commands share. A
 * command parses, checks, calls one method of another package and prints what it returns. It may
 * use every package.
 */
package crossover.bench.cli;
