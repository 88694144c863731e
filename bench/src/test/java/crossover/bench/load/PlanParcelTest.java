package crossover.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What travels to each of several engines with a plan. */
class PlanParcelTest {
  @TempDir private Path folder;
  private Path plan;

  @BeforeEach
  void write() throws IOException {
    plan = folder.resolve("shop.jmx");
    Files.writeString(folder.resolve("users.csv"), "name\na\nb\nc\n");
    Files.writeString(folder.resolve("all's.csv"), "1\n2\n3\n");
    Files.writeString(folder.resolve("upload.bin"), "any");
    Files.writeString(
        plan,
        plan(
            element("CSVDataSet", "users.csv", "", "shareMode.all"),
            element("CSVDataSet", "all&apos;s.csv", "n", "shareMode.thread"),
            element("IncludeController", "", "", "")
                .replace("filename\"></", "IncludeController.includepath\">part.jmx</"),
            element("CSVDataSet", "${file}", "n", "shareMode.all")));
    Files.writeString(
        folder.resolve("part.jmx"), plan(element("CSVDataSet", "one.csv", "n", "shareMode.group")));
    Files.writeString(folder.resolve("one.csv"), "only\n");
  }

  @Test
  void sharedLinesAreDealtOutAndTheRestGoesWhole() throws IOException {
    Map<String, String> first = contents(0);
    Map<String, String> second = contents(1);
    assertThat(first.get("users.csv")).isEqualTo("name\na\nc\n");
    assertThat(second.get("users.csv")).isEqualTo("name\nb\n");
    assertThat(first.get("all's.csv")).isEqualTo("1\n2\n3\n").isEqualTo(second.get("all's.csv"));
    assertThat(first.get("one.csv")).as("fewer lines than engines").isEqualTo("only\n");
    assertThat(first.keySet())
        .containsExactlyInAnyOrder("shop.jmx", "part.jmx", "users.csv", "all's.csv", "one.csv");
  }

  @Test
  void thePlansNameTheFilesWhereTheyWillBe() throws IOException {
    SliceSampler.Order order = order(0);
    String there = order.traffic().plan();
    assertThat(there).startsWith("/there/").endsWith("/shop.jmx");
    String text = new String(order.files().get(there.substring("/there/".length())), UTF_8);
    for (String name : order.files().keySet()) {
      if (!name.endsWith("/shop.jmx") && !name.endsWith("/one.csv")) {
        assertThat(text).contains(">/there/" + name + "<");
      }
    }
    assertThat(text).contains(">${file}<").doesNotContain(">part.jmx<", ">users.csv<");
  }

  @Test
  void everyFileOfARequestGoesUnderItsOwnName() throws IOException {
    Files.writeString(folder.resolve("more.txt"), "more");
    String plan = packed(Jmx.plan(1, 1, PlanCorpus.upload("/up", "upload.bin", "more.txt")));
    assertThat(plan)
        .containsPattern("\"File.path\">/there/[0-9a-z]+/upload.bin<")
        .containsPattern("\"File.path\">/there/[0-9a-z]+/more.txt<");
    assertThat(contents(0)).containsEntry("upload.bin", "any").containsEntry("more.txt", "more");
  }

  @Test
  void aFileIsReplacedWhereItIsReadAndNowhereElse() throws IOException {
    String shared = element("CSVDataSet", "users.csv", "", "shareMode.all");
    String alone = element("CSVDataSet", "users.csv", "", "shareMode.thread");
    String argument = element("Arguments", "", "", "").replace("filename\">", "value\">users.csv");
    String plan = packed(plan(shared, alone, argument));
    assertThat(plan).contains(">users.csv<");
    List<String> sent =
        order(0).files().values().stream().map(content -> new String(content, UTF_8)).toList();
    assertThat(sent).hasSize(3).contains("name\na\nc\n", "name\na\nb\nc\n");
  }

  @Test
  void whatThePlanWritesOrDoesNotUseStaysHere() throws IOException {
    String off =
        element("CSVDataSet", "users.csv", "", "").replace("testname", "enabled=\"false\" a");
    String below = "<hashTree>" + element("CSVDataSet", "one.csv", "", "") + "</hashTree>";
    packed(
        plan(off.replace("<hashTree/>", below), element("ResultCollector", "upload.bin", "", "")));
    assertThat(contents(0)).containsOnlyKeys("shop.jmx");
  }

  /** The tests' working folder has a pom.xml, and the plan's does not, or another. */
  @Test
  void filesAreLookedForWhereJMeterLooks() throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    Files.writeString(
        folder.resolve("sub/part.jmx"), plan(element("CSVDataSet", "one.csv", "n", "")));
    Files.writeString(folder.resolve("beside.bsh"), "no");
    Files.writeString(folder.resolve("pom.xml"), "no");
    packed(
        plan(
            element("BeanShellPreProcessor", "beside.bsh", "", ""),
            element("BeanShellSampler", "pom.xml", "", "")
                .replace("filename", "BeanShellSampler.filename"),
            element("IncludeController", "", "", "")
                .replace("filename\"></", "IncludeController.includepath\">sub/part.jmx</")));
    assertThat(contents(0))
        .containsOnlyKeys("shop.jmx", "pom.xml", "part.jmx", "one.csv")
        .containsEntry("pom.xml", Files.readString(Path.of("pom.xml")));
  }

  @Test
  void aModuleMayBeDisabled() throws IOException {
    Files.writeString(plan.resolveSibling("users.csv"), "a\n");
    String off =
        element("CSVDataSet", "users.csv", "", "").replace("testname", "enabled=\"false\" a");
    packed(plan(off));
    assertThat(contents(0)).doesNotContainKey("users.csv");

    packed(plan(off.replace("\"false\"", "\"False\"")));
    assertThat(contents(0)).doesNotContainKey("users.csv");

    packed(plan(off, element("ModuleController", "", "", "")));
    assertThat(contents(0)).containsKey("users.csv");

    packed(plan(off, element("org.apache.jmeter.control.ModuleController", "", "", "")));
    assertThat(contents(0)).containsKey("users.csv");
  }

  /** The plan as it travels. */
  private String packed(String text) throws IOException {
    Files.writeString(plan, text);
    return contents(0).get("shop.jmx");
  }

  private Map<String, String> contents(int number) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    order(number)
        .files()
        .forEach(
            (name, content) ->
                contents.put(name.substring(name.indexOf('/') + 1), new String(content, UTF_8)));
    return contents;
  }

  private SliceSampler.Order order(int number) throws IOException {
    return PlanParcel.pack(Traffic.closed(plan, Map.of(), 4, 0, 1), "/there", number, 2);
  }

  private static String element(String type, String file, String names, String mode) {
    return "<%1$s guiclass=\"x\" testname=\"t\"><stringProp name=\"filename\">%2$s</stringProp>"
            .formatted(type, file)
        + "<stringProp name=\"variableNames\">%s</stringProp><stringProp name=\"shareMode\">%s"
            .formatted(names, mode)
        + "</stringProp></%s><hashTree/>".formatted(type);
  }

  private static String plan(String... elements) {
    return List.of(elements).stream()
        .collect(
            Collectors.joining("", "<jmeterTestPlan><hashTree>", "</hashTree></jmeterTestPlan>"));
  }
}
