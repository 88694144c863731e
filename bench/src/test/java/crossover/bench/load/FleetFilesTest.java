package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What docs/fleet has for containers is well-formed, and its ports are those of docs/fleet.md. */
class FleetFilesTest {
  private static final Path FILES = Path.of("../docs/fleet");
  private static final Pattern PORT = Pattern.compile("(?:server_port|localport)=(\\d+)");

  @Test
  void composeStartsTwoServersWithPortsOfTheirOwn() throws IOException {
    JsonNode services = documents("compose.yaml").get(0).get("services");
    List<String> ports = new ArrayList<>();
    assertThat(services).hasSize(2);
    for (JsonNode service : services) {
      assertThat(service.propertyNames())
          .containsExactlyInAnyOrder("build", "command", "network_mode", "ulimits", "volumes");
      ports.addAll(ports(service.get("command").toString()));
      assertThat(service.get("volumes").get(0).asString()).endsWith(":/keys/rmi_keystore.jks:ro");
    }
    assertThat(ports).hasSize(4).doesNotHaveDuplicates().contains("1099", "50000");
  }

  @Test
  void kubernetesStartsPodsWhosePortsTheServicePasses() throws IOException {
    List<JsonNode> documents = documents("kubernetes.yaml");
    assertThat(documents)
        .extracting(it -> it.get("kind").asString())
        .containsExactly("Service", "StatefulSet");
    JsonNode service = documents.get(0);
    JsonNode set = documents.get(1).get("spec");
    JsonNode pod = set.get("template");
    JsonNode container = pod.get("spec").get("containers").get(0);

    assertThat(set.get("serviceName")).isEqualTo(service.get("metadata").get("name"));
    assertThat(service.get("spec").get("selector"))
        .isEqualTo(pod.get("metadata").get("labels"))
        .isEqualTo(set.get("selector").get("matchLabels"));
    List<String> ports = ports(container.get("args").toString());
    assertThat(ports).containsExactly("1099", "50000");
    assertThat(container.get("ports").findValuesAsString("containerPort")).isEqualTo(ports);
    assertThat(service.get("spec").get("ports").findValuesAsString("port")).isEqualTo(ports);
    assertThat(container.get("volumeMounts").get(0).get("name"))
        .isEqualTo(pod.get("spec").get("volumes").get(0).get("name"));
    assertThat(container.get("resources").get("requests"))
        .isEqualTo(container.get("resources").get("limits"));
  }

  @Test
  void thePageAndTheImageNameTheJMeterOfThisBuild() throws IOException {
    TreeSet<String> versions = new TreeSet<>();
    Pattern jmeter = Pattern.compile("(?:JMeter |apache-jmeter-)(\\d+\\.\\d+\\.\\d+)");
    for (Path file : List.of(FILES.resolve("Dockerfile"), Path.of("../docs/fleet.md"))) {
      jmeter.matcher(Files.readString(file)).results().forEach(at -> versions.add(at.group(1)));
    }
    assertThat(Files.readString(Path.of("../pom.xml")))
        .contains("<jmeter.version>" + String.join(" and ", versions) + "<");
  }

  private static List<String> ports(String command) {
    return PORT.matcher(command).results().map(at -> at.group(1)).toList();
  }

  private static List<JsonNode> documents(String file) throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    try (MappingIterator<JsonNode> documents =
        yaml.readerFor(JsonNode.class).readValues(Files.readString(FILES.resolve(file)))) {
      return documents.readAll();
    }
  }
}
