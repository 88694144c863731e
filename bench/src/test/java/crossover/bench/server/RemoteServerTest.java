package crossover.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Definition;
import crossover.bench.remote.HostAgent;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteServerTest {
  @TempDir Path folder;

  /** A server that died and was replaced is still asked at the round's end. */
  @Test
  void oneThatIsClosedDoesNotAnswerForTheNextOneOnItsPort() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("two.yaml"),
            "experiment: two\narms: [{name: a}, {name: b}]\nplans: [get]\n");
    Arm arm = Definition.read(file, Path.of("../jmeter-plans")).arms().get(0);
    RemoteServer server = new RemoteServer(arm, null, agent(), "board", 18_080, Map.of());
    assertThat(server.requests()).isEqualTo(7);

    server.close();

    assertThat(server.requests()).isNaN();
  }

  /** Has counted seven requests on every port. */
  private static HostAgent agent() {
    return (HostAgent)
        Proxy.newProxyInstance(
            HostAgent.class.getClassLoader(),
            new Class<?>[] {HostAgent.class},
            (proxy, method, arguments) -> method.getName().equals("requests") ? 7.0 : null);
  }
}
