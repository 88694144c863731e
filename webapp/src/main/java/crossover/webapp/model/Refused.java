package crossover.webapp.model;

/** A body that is not read any further, answered by a status. */
final class Refused extends RuntimeException {
  private final int status;

  Refused(int status) {
    super("Refused by " + status, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
