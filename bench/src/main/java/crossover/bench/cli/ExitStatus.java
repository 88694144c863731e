package crossover.bench.cli;

/** What the command line ends with; {@code --help} shows the same list. */
public final class ExitStatus {
  private ExitStatus() {}

  public static final int DONE = 0;
  static final int GATE_MISSED = 1;
  public static final int USAGE = 2;
  public static final int NOT_STARTED = 3;
  public static final int NOT_VALID = 4;
  public static final int INTERRUPTED = 130;
}
