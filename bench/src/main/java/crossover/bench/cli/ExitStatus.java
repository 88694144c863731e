package crossover.bench.cli;

import crossover.bench.experiment.UsageException;
import crossover.bench.load.GeneratorFailure;
import crossover.bench.results.UnusableResultsException;
import crossover.bench.run.InvalidMeasurement;
import crossover.bench.stack.StartFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;

/** What the command line ends with; {@code --help} shows the same list. */
public final class ExitStatus {
  private ExitStatus() {}

  public static final int DONE = 0;
  public static final int GATE_MISSED = 1;
  public static final int USAGE = 2;
  public static final int FAILED = 3;
  public static final int NOT_VALID = 4;
  public static final int INTERRUPTED = 130;

  /** The status for what a command threw. */
  static int of(Exception e) {
    if (e instanceof InterruptedException) {
      return INTERRUPTED;
    }
    if (e instanceof UsageException
        || e instanceof UnusableResultsException
        || e instanceof InvalidPathException) {
      return USAGE;
    }
    return e instanceof InvalidMeasurement ? NOT_VALID : FAILED;
  }

  /** Whether it is a fault in Crossover itself, so that the stack trace is worth showing. */
  static boolean isDefect(Exception e) {
    return of(e) == FAILED
        && !(e instanceof StartFailure
            || e instanceof GeneratorFailure
            || e instanceof IOException);
  }

  /** What went wrong, in one line where it can be said in one. */
  static String message(Exception e) {
    if (e instanceof InterruptedException) {
      return "interrupted";
    }
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied; name another folder, or change its rights";
    }
    if (e instanceof FileSystemException file) {
      String reason = file.getReason();
      return file.getFile() + ": " + (reason == null ? e.getClass().getSimpleName() : reason);
    }
    if (e instanceof InvalidPathException path) {
      return "\"" + path.getInput() + "\" is no path: " + path.getReason();
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
