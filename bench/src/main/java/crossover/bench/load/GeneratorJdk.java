package crossover.bench.load;

import crossover.bench.stack.Jdk;
import crossover.bench.stack.Jdks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.regex.Pattern;

/** Which Java the load generator runs on. */
public final class GeneratorJdk {
  /** JMeter 5.6.3 brings Groovy 3.0.20, which cannot read the classes of a later Java. */
  private static final int LAST_FOR_GROOVY = 21;

  /** What a plan includes may have some. */
  private static final Pattern GROOVY = Pattern.compile("JSR223|__groovy|IncludeController");

  private GeneratorJdk() {}

  /**
   * The wanted Java; where a plan may have Groovy scripts that it is too new for, the newest
   * installed one that is not, if there is one.
   */
  public static Jdk of(Collection<Path> plans, Jdk wanted) {
    if (wanted.version() <= LAST_FOR_GROOVY || plans.stream().noneMatch(GeneratorJdk::hasGroovy)) {
      return wanted;
    }
    return Jdks.newest(jdk -> jdk.version() >= 17 && jdk.version() <= LAST_FOR_GROOVY)
        .orElse(wanted);
  }

  private static boolean hasGroovy(Path plan) {
    try {
      return GROOVY.matcher(Files.readString(plan, StandardCharsets.ISO_8859_1)).find();
    } catch (IOException e) {
      return false; // said by whoever runs the plan
    }
  }
}
