package crossover.bench;

import crossover.bench.cli.CommandLineRunner;
import java.util.Locale;

/** Where the JVM starts, and the only place that exits. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // libraries too print the same everywhere
    System.exit(run(args));
  }

  /** Runs one command and returns its exit status. */
  public static int run(String... args) {
    return CommandLineRunner.run(args);
  }
}
