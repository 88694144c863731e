package crossover.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
  @Test
  void theRepositoryIsFoundFromTheClassesOwnPlace() {
    assertThat(Installation.find().root().resolve("bench/pom.xml")).isRegularFile();
  }

  @Test
  void bothTomcatsAreThere() {
    assertThat(Installation.find().tomcat(11).resolve("bin/bootstrap.jar")).isRegularFile();
    assertThat(Installation.find().tomcat(10).resolve("bin/bootstrap.jar")).isRegularFile();
    assertThatThrownBy(() -> Installation.find().tomcat(9)).hasMessageContaining("no Tomcat 9");
  }

  @Test
  void aMissingArtefactIsNamedWithTheCommandThatBuildsIt(@TempDir Path root) throws Exception {
    Files.createDirectories(root.resolve("bench"));
    assertThatThrownBy(() -> new Installation(root).war())
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("webapp/target/crossover.war is missing")
        .hasMessageContaining("mvn");
  }
}
