package crossover.bench;

/** What the command line ends with; {@code --help} shows the same list. */
final class ExitStatus {
  private ExitStatus() {}

  static final int DONE = 0;
  static final int GATE_MISSED = 1;
  static final int USAGE = 2;
  static final int NOT_STARTED = 3;
  static final int NOT_VALID = 4;
  static final int INTERRUPTED = 130;
}
