package crossover.bench.server;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where arms are served: this machine, or another. */
public interface HostUnderTest {
  /** Starts an arm's server afresh, and returns at once. */
  Server launch(Arm arm) throws IOException;

  /** Has the database of its servers execute a script; throws StartFailure if it refuses. */
  void execute(Path sql);

  /**
   * The arms of a round in its order, grouped by who is alive at the same time: all in one group,
   * or each in its own where there is room for one JVM only.
   */
  List<List<Arm>> together(List<Arm> order);

  /** Sets the delays and limits of a site on the links. */
  void applyLinks(Site site) throws IOException;

  /** Whether servers are being stopped, although nothing is wrong with them. */
  boolean isClosing();
}
