package crossover.bench.load;

import static crossover.bench.load.Jmx.assertion;
import static crossover.bench.load.Jmx.bean;
import static crossover.bench.load.Jmx.element;
import static crossover.bench.load.Jmx.flag;
import static crossover.bench.load.Jmx.get;
import static crossover.bench.load.Jmx.getWith;
import static crossover.bench.load.Jmx.groovy;
import static crossover.bench.load.Jmx.group;
import static crossover.bench.load.Jmx.list;
import static crossover.bench.load.Jmx.number;
import static crossover.bench.load.Jmx.part;
import static crossover.bench.load.Jmx.plan;
import static crossover.bench.load.Jmx.text;
import static crossover.bench.load.Jmx.timer;
import static crossover.bench.load.Jmx.variables;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.cli.CommandLineIT;
import crossover.bench.cli.ExitStatus;
import crossover.bench.cli.SharedBackends;
import crossover.bench.results.Results;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Jdks;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import kg.apc.jmeter.control.ParameterizedController;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with somebody's WAR and plans, as a user runs them. */
@Tag("long")
class OthersPlansIT {
  /**
   * What takes the arm's token alone, so that each request shows whose properties were in force.
   */
  private static final Map<String, String> PAGES =
      Map.of(
          "index.html",
          "shop",
          "item.jsp",
          "<%if(!System.getProperty(\"shop.token\").equals(request.getParameter(\"t\")))"
              + "response.sendError(400);"
              + "if(Runtime.version().feature()!=Integer.getInteger(\"shop.java\"))response.sendError(500);"
              + "if(request.getParameter(\"ms\")!=null)Thread.sleep(Integer.parseInt(request.getParameter(\"ms\")));"
              + "%>item for <%=request.getParameter(\"u\")%>",
          "up.jsp",
          "<%=new String(request.getInputStream().readAllBytes(),\"UTF-8\")%>");

  private static final String ARMS =
      """
      experiment: shop
      arms:
        - name: last
          war: shop.war
          jvm: [-XX:TieredStopAtLevel=1]
          java: %1$d
          settings: {shop.token: one, shop.java: %1$d, db.password: S3cr3t}
          jmeter: {token: one, protocol: http, login.password: S3cr3t}
        - name: next
          war: %3$s
          jvm: [-XX:TieredStopAtLevel=1]
          java: %2$d
          settings: {shop.token: two, shop.java: %2$d}
          jmeter: {token: two, protocol: http}
      plans: [checkout.jmx]
      rounds: 1
      passes: 1
      warm-up: 1 s
      seed: 5
      """;

  /** A proxy that is not there: what goes to this machine must not ask for it. */
  private static final Map<String, String> NO_WAY_OUT =
      Map.of(
          "JAVA_TOOL_OPTIONS",
          "-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=1 -Dhttps.proxyHost=127.0.0.1"
              + " -Dhttps.proxyPort=1 -Dhttp.nonProxyHosts=*.example.org",
          "http_proxy",
          "http://127.0.0.1:1",
          "HTTP_PROXY",
          "http://127.0.0.1:1");

  private static final String ITEM = "/item.jsp?t=${__P(token)}&u=${u}";

  private static SharedBackends backends;

  @TempDir Path folder;

  /** The WAR of the second arm. */
  private String next = "shop.war";

  private record Ended(int status, String output) {}

  @BeforeAll
  static void openBackends() {
    backends = new SharedBackends();
  }

  @AfterAll
  static void closeBackends() {
    backends.close();
  }

  @BeforeEach
  void makeTheWar() throws IOException {
    writeWar("shop.war", PAGES);
  }

  private void writeWar(String name, Map<String, String> files) throws IOException {
    try (OutputStream file = Files.newOutputStream(folder.resolve(name));
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (Map.Entry<String, String> entry : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(ISO_8859_1));
      }
    }
  }

  /** The same for Servlet 4: its page does not answer rightly unless its listener was called. */
  private void makeTheOldWar() throws IOException {
    Map<String, String> sources =
        Map.of(
            "ServletContextEvent",
            "package javax.servlet; public class ServletContextEvent {}",
            "ServletContextListener",
            "package javax.servlet; public interface ServletContextListener {"
                + " void contextInitialized(ServletContextEvent event); }",
            "Start",
            "import javax.servlet.*; public class Start implements ServletContextListener {"
                + " public void contextInitialized(ServletContextEvent event) {"
                + " System.setProperty(\"shop.started\", \"\"); } }");
    List<String> words = new ArrayList<>(List.of("--release", "17", "-d", folder.toString()));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = folder.resolve(source.getKey() + ".java");
      words.add(Files.writeString(file, source.getValue()).toString());
    }
    PrintStream out = System.out;
    assertThat(
            ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(out, out, words.toArray(new String[0])))
        .isZero();
    Map<String, String> files = new HashMap<>(PAGES);
    files.put(
        "WEB-INF/classes/Start.class", Files.readString(folder.resolve("Start.class"), ISO_8859_1));
    files.put(
        "WEB-INF/web.xml",
        "<web-app xmlns='http://java.sun.com/xml/ns/javaee' version='2.5'><listener>"
            + "<listener-class>Start</listener-class></listener></web-app>");
    files.put(
        "item.jsp",
        "<%@page import='javax.servlet.http.Cookie'%><%if(System.getProperty(\"shop.started\")==null)"
            + "response.sendError(500);new Cookie(\"a\",\"b\");%>"
            + PAGES.get("item.jsp"));
    writeWar("old.war", files);
    next = "old.war";
  }

  /** Runs in another folder than the plan's. */
  private Ended run(String plan, String keys, String... options) throws Exception {
    Files.writeString(folder.resolve("checkout.jmx"), plan);
    Path file =
        Files.writeString(
            folder.resolve("shop.yaml"),
            ARMS.formatted(oldest(), Jdks.newest().version(), next) + keys);
    Path temp = Files.createDirectories(folder.resolve("temp"));
    List<String> words =
        new ArrayList<>(
            List.of("run", "--experiment", "" + file, "--out", "" + folder.resolve("results")));
    words.addAll(backends.options());
    words.addAll(List.of(options));
    Process run = CommandLineIT.start(temp, NO_WAY_OUT, words.toArray(String[]::new));
    int status = run.waitFor();
    return new Ended(status, Files.readString(temp.resolve("output"), UTF_8));
  }

  private static int oldest() {
    return Jdks.installed().stream()
        .mapToInt(Jdk::version)
        .filter(version -> version >= 17)
        .min()
        .orElseThrow();
  }

  private List<SliceLine> slices() throws IOException {
    try (Results results = Results.open(folder.resolve("results"))) {
      return results.slices();
    }
  }

  private static String proxy(int port) {
    return text("HTTPSampler.proxyHost", "127.0.0.1")
        + text("HTTPSampler.proxyPort", Integer.toString(port));
  }

  @Test
  void whatAProxyInThePlanAnswersIsNotTakenForAnArm() throws Exception {
    try (RecordingServer decoy = new RecordingServer()) {
      Ended run = run(plan(1, 1, getWith("/item.jsp", proxy(decoy.port()))), "users: 2\n");

      assertThat(run.status).as(run.output).isEqualTo(ExitStatus.NOT_VALID);
      assertThat(run.output)
          .containsPattern(
              "no request of checkout.jmx reached arm (last|next); \\d+ were answered by the proxy"
                  + " 127\\.0\\.0\\.1\\. Remove it");
      assertThat(decoy.requests()).isNotEmpty();
    }
  }

  @Test
  void aServerThatIsFixedInThePlanIsToldBeforeAnyArmIsStarted() throws Exception {
    try (RecordingServer decoy = new RecordingServer()) {
      String fixed =
          text("HTTPSampler.domain", "localhost") + text("HTTPSampler.port", "${SHOP_PORT}");
      Ended run =
          run(
              plan(1, 1, variables("SHOP_PORT", "" + decoy.port()), getWith("/item.jsp", fixed)),
              "users: 2\n");

      assertThat(run.status).as(run.output).isEqualTo(ExitStatus.NOT_VALID);
      assertThat(run.output)
          .containsPattern(
              "no request of checkout.jmx reached arm last; it sent \\d+ to localhost:"
                  + decoy.port())
          .contains("Map its variables: `jmeter: {SHOP_PORT: '${port}'}`")
          .doesNotContain("fresh JVM");
    }
  }

  @Test
  void filesBesideThePlanThinkTimesAndAnArmsPropertiesHoldInEverySlice() throws Exception {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/users.csv"), "u\nann\nbob\n");
    Files.writeString(folder.resolve("data/up.txt"), "the file beside the plan");
    String protocol = text("HTTPSampler.protocol", "${__P(protocol,https)}");
    String upload =
        part(
            "HTTPsampler.Files",
            "HTTPFileArgs",
            list(
                "HTTPFileArgs.files",
                part(
                    "data/up.txt",
                    "HTTPFileArg",
                    text("File.path", "data/up.txt")
                        + text("File.paramname", "file")
                        + text("File.mimetype", "text/plain"))));
    Ended run =
        run(
            plan(
                1,
                1,
                bean(
                    "CSVDataSet",
                    "csv",
                    text("filename", "data/users.csv")
                        + text("delimiter", ",")
                        + flag("recycle", true)
                        + flag("stopThread", false)
                        + text("shareMode", "shareMode.all")),
                timer("ConstantTimer", text("ConstantTimer.delay", "200")),
                getWith(ITEM, protocol, assertion("item for (ann|bob)")),
                Jmx.http(
                    "POST", "/up.jsp", protocol + upload, assertion("the file beside the plan"))),
            "users: 8\nslice: 1200 ms\nlatency: {rate: 50, requests: 100}\n");

    assertThat(run.output).doesNotContain("cycle time", "had failed requests", "S3cr3t");
    for (String file : List.of("environment.json", "summary.json", "report.html", "slices.jsonl")) {
      assertThat(folder.resolve("results/" + file)).content().doesNotContain("S3cr3t");
    }
    assertThat(slices())
        .allMatch(slice -> slice.load().unfinished() == 0)
        .allMatch(slice -> slice.phase() == Phase.LIMIT || slice.load().errors() == 0)
        .extracting(SliceLine::phase)
        .contains(Phase.LIMIT, Phase.WARMUP, Phase.CLOSED, Phase.OPEN);
    // 8 users who each think 200 ms before each request; the limit is without their thinking.
    assertThat(slices().stream().filter(s -> s.phase() == Phase.CLOSED))
        .hasSize(2)
        .allMatch(SliceLine::valid)
        .allMatch(slice -> slice.load().throughput() < 1.1 * 8 / 0.2)
        .allMatch(slice -> slice.load().labels().size() == 3)
        .allMatch(slice -> slice.load().throughput() > 0.7 * 8 / 0.25);
    assertThat(slices().stream().filter(s -> s.phase() == Phase.LIMIT))
        .allMatch(slice -> slice.load().throughput() > 10 * 8 / 0.2);
  }

  @Test
  void aPlanThatNeedsAPluginIsRefusedUntilItsJarsAreNamed() throws Exception {
    String type = ParameterizedController.class.getName();
    String variables = variables("u", "ann");
    String arguments =
        part(
            ParameterizedController.class.getSimpleName(),
            "Arguments",
            variables.substring(
                variables.indexOf("<collectionProp"), variables.indexOf("</Arguments>")));
    String slow = get(ITEM + "&ms=250");
    String plan = plan(1, 1, element(type, type + "Gui", "as ann", arguments, slow));

    Ended refused = run(plan, "users: 2\n");
    assertThat(refused.status).as(refused.output).isEqualTo(ExitStatus.USAGE);
    assertThat(refused.output)
        .contains(
            "checkout.jmx cannot be loaded: line ", ": as ann (" + type + "): ", "--plugins DIR");

    URI jar =
        ParameterizedController.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    Files.copy(Path.of(jar), plugins.resolve("plugin.jar"));
    Ended run = run(plan, "users: 2\nslice: 300 ms\n", "--plugins", plugins.toString());
    assertThat(run.output).doesNotContain("not valid: ");
    // Without the variable that the plugin sets, the address is none.
    List<SliceLine> closed = slices().stream().filter(s -> s.phase() == Phase.CLOSED).toList();
    assertThat(closed)
        .hasSize(2)
        .allMatch(slice -> slice.load().errors() == 0)
        .allMatch(slice -> slice.load().requests() > 0)
        // Answers that take most of a slice stretch it to one turn, of four of them.
        .allMatch(slice -> slice.load().turns() == 1)
        .allMatch(slice -> slice.load().seconds() > 0.7);
    try (Results results = Results.open(folder.resolve("results"))) {
      assertThat(results.rounds().get(0).measured())
          .isGreaterThan(closed.stream().mapToDouble(s -> s.load().seconds()).sum());
    }
  }

  @Test
  void asPlannedAPlanHasItsOwnUsersRampUpAndLoopsAndWhatItsSetUpHasLearnt() throws Exception {
    String item = get(ITEM.replace("${u}", "ann"));
    String learn =
        groovy(
            "JSR223PostProcessor",
            "if (prev.responseDataAsString.startsWith('item'))" + " props.put('learnt', 'yes')");
    String leave = groovy("JSR223Sampler", "if (props.get('learnt') != 'yes') ctx.thread.stop()");
    String group =
        Jmx.file(
            group("SetupThreadGroup", 1, 1, get(ITEM.replace("${u}", "ann"), learn)),
            group(
                "ThreadGroup",
                3,
                4,
                leave,
                item,
                timer("ConstantTimer", text("ConstantTimer.delay", "1"))));
    String ramped =
        group.replace(number("ThreadGroup.ramp_time", 0), number("ThreadGroup.ramp_time", 2));
    Ended run = run(ramped, "users: plan\n");

    assertThat(run.output).doesNotContain("not valid").contains("checkout · localhost · 3 users");
    List<SliceLine> closed = slices().stream().filter(s -> s.phase() == Phase.CLOSED).toList();
    assertThat(closed)
        .hasSize(2)
        .allMatch(SliceLine::valid)
        .allMatch(slice -> slice.load().requests() == 3 * 4)
        .allMatch(slice -> slice.load().users() == 3)
        // The last of three users begins after two thirds of the ramp-up.
        .allMatch(slice -> slice.load().seconds() > 1.2);
    assertThat(run.status)
        .as(run.output)
        .isEqualTo(CommandLineIT.statusOf(CommandLineIT.summary(folder.resolve("results"))));
  }

  @Test
  void asPlannedALoopWithoutAnEndEndsWithTheSliceAlsoForAJavaxWar() throws Exception {
    makeTheOldWar();
    String loops =
        number("LoopController.loops", -1) + flag("LoopController.continue_forever", true);
    String get = get(ITEM.replace("${u}", "ann"));
    String plan = plan(2, 1, element("LoopController", "LoopControlPanel", "for ever", loops, get));
    Ended run = run(plan, "users: plan\nslice: 600 ms\n");

    assertThat(run.output).doesNotContain("not valid").contains("old.war uses javax.servlet");
    assertThat(slices().stream().filter(s -> s.phase() == Phase.CLOSED))
        .hasSize(2)
        .allMatch(SliceLine::valid)
        .allMatch(slice -> slice.load().requests() > 0);
  }
}
