package crossover.bench;

import crossover.bench.cli.CommandLineRunner;

/** Where the JVM starts, and the only place that exits. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs one command and returns its exit status. */
  public static int run(String... args) {
    return CommandLineRunner.run(args);
  }
}
