package crossover.bench.experiment;

import java.util.ArrayList;
import java.util.List;

/** A value that an experiment file may not hold; the file's reader adds file and line. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Object> path;

  /** Of the value that is being read. */
  Refusal(String why) {
    this(List.of(), why);
  }

  /** Of a value that has been read: keys and places in lists lead to it from here. */
  Refusal(List<?> path, String why) {
    super(why);
    this.path = new ArrayList<>(path);
  }

  /** The same as seen from further up. */
  Refusal within(Object... above) {
    List<Object> whole = new ArrayList<>(List.of(above));
    whole.addAll(path);
    return new Refusal(whole, getMessage());
  }

  List<Object> path() {
    return path;
  }
}
