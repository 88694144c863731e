package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.stack.Calls;
import crossover.bench.stack.ChildProcess;
import crossover.bench.stack.Launch;
import crossover.bench.stack.Watchdog;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GeneratorTest {
  @Test
  void anAnswerThatCannotBeReadIsWhyItIsStopped() {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Unreadable.class.getName());
    try (Watchdog watchdog = Watchdog.open();
        ChildProcess process = new Launch("any", command).piped().start(watchdog)) {
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
      Object answering =
          Proxy.newProxyInstance(
              GeneratorCalls.class.getClassLoader(),
              new Class<?>[] {GeneratorCalls.class},
              (proxy, method, arguments) -> Map.of("level", Level.INFO));
      Calls.ofParent().serve(GeneratorCalls.class, (GeneratorCalls<?>) answering);
    }
  }
}
