package crossover.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
  private static final Jdk JDK = Jdks.newest();

  @TempDir Path folder;

  @Test
  void javaIsThatOfTheJdkWhateverPathSays() {
    assertThat(words(List.of("java", "-port", "${port}"), Map.of()))
        .containsExactly(JDK.java().toString(), "-port", "8080");
  }

  @Test
  void allElseIsStartedAsItIsWritten() {
    assertThat(words(List.of("sh", "java"), Map.of())).containsExactly("sh", "java");
    assertThat(words(List.of("./java"), Map.of())).containsExactly("./java");
    assertThat(words(List.of("java"), Map.of("PATH", "/their/own"))).containsExactly("java");
  }

  private List<String> words(List<String> command, Map<String, String> environment) {
    return new Program.Command("x", command, folder, environment, JDK)
        .words(Map.of("port", "8080"));
  }
}
