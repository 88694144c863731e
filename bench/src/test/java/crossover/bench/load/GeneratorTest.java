package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.stack.ChildProcess;
import crossover.bench.stack.TestJvm;
import crossover.bench.stack.Watchdog;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GeneratorTest {
  @Test
  void anAnswerThatCannotBeReadIsWhyItIsStopped() {
    try (Watchdog watchdog = Watchdog.open();
        ChildProcess process = TestJvm.start("any", Unreadable.class, null, watchdog)) {
      Generator generator = new Generator(process);
      assertThatThrownBy(() -> generator.remote().use(List.of(), "", false))
          .isInstanceOf(GeneratorFailure.class)
          .hasMessageStartingWith("The load generator died: filter status: REJECTED");
      assertThat(generator.isAlive()).isFalse();
    }
  }

  /** A generator's process that answers with a class that is none of its calls'. */
  static final class Unreadable {
    public static void main(String[] args) throws IOException {
      TestJvm.serve(
          GeneratorCalls.class, (proxy, method, arguments) -> Map.of("level", Level.INFO));
    }
  }
}
