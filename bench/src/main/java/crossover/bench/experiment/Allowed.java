package crossover.bench.experiment;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The least and the greatest value of a key, or of each value in its list. */
@Retention(RetentionPolicy.RUNTIME)
@interface Allowed {
  String min();

  String max();
}
