package crossover.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionTest {
  private static final Path PLANS = Path.of("../jmeter-plans");

  /** A blank line, so that the first key stands in line 2. */
  private static final String GOOD =
      """

      experiment: mine
      arms:
        - name: a
          path: /sync
        - name: b
          path: /wrapped
          jvm: [-Xmx100m, -Xss512k]
          settings: {crossover.workers: 8}
      plans: [get]
      """;

  @TempDir Path folder;

  private Definition read(String yaml) throws IOException {
    return Definition.read(Files.writeString(folder.resolve("mine.yaml"), yaml), PLANS);
  }

  @Test
  void whatIsNotSaidHasItsDefault() throws IOException {
    Definition definition = read(GOOD);
    assertThat(definition.baseline()).isEqualTo("a");
    assertThat(definition.margin()).isEqualTo(0.05);
    assertThat(definition.measurement().users()).containsExactly(32);
    assertThat(definition.measurement().latency()).isEmpty();
    assertThat(definition.sites()).extracting(Site::name).containsExactly("localhost");
    assertThat(definition.arms().get(1).jvm()).containsExactly("-Xmx100m", "-Xss512k");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://shop-a:8080    | localhost                      | false",
        "http://127.0.1.1:8080 | localhost                      | true",
        "http://[::1]:8080     | localhost                      | true",
        "http://shop-a:8080    | {name: far, link: {client: 1ms}} | true",
      })
  void aServerElsewhereIsServedHereByALinkAlone(String url, String site, boolean here)
      throws IOException {
    String yaml =
        GOOD.replaceAll("path: .*", "url: '" + url + "'").replaceAll("  +(jvm|settings).*\n", "");
    assertThat(read(yaml + "sites: [" + site + "]\n").servesHere()).isEqualTo(here);
    assertThat(read(GOOD).servesHere()).isTrue();
    assertThat(read(GOOD + "sites: ['ssh:pi']\n").servesHere()).isFalse();
  }

  private static String group(String type, String enabled, String threads) {
    return "<%1$s guiclass='x' enabled='%2$s'><stringProp name='ThreadGroup.num_threads'>%3$s</stringProp></%1$s><hashTree/>"
        .formatted(type, enabled, threads);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"7 | 9", "${__P(shoppers, 5)} | 7", "${SHOPPERS} | 6", "${__P(n,${SHOPPERS})} | 6"})
  void usersMayBeThePlansOwn(String threads, int users) throws IOException {
    Files.writeString(
        folder.resolve("own.jmx"),
        "<jmeterTestPlan><hashTree><Arguments guiclass=\"x\"><stringProp name=\"Argument.name\">SHOPPERS</stringProp>"
            + "<stringProp name=\"Argument.value\">4</stringProp></Arguments><hashTree/>"
            + group("ThreadGroup", "true", threads)
            + group("ThreadGroup", "true", "2")
            + group("ThreadGroup", "false", "100")
            + group("SetupThreadGroup", "true", "50")
            + "</hashTree></jmeterTestPlan>");
    Definition definition = read(GOOD.replace("[get]", "[own.jmx]") + "users: plan\n");

    assertThat(Cell.of(definition)).extracting(Cell::users).containsExactly(users);
    assertThat(read(definition.toYaml()).measurement()).isEqualTo(definition.measurement());
    assertThat(definition.toYaml()).contains("- plan");
  }

  @Test
  void aPlanThatDoesNotTellItsUsersIsRefused() throws IOException {
    Files.writeString(
        folder.resolve("own.jmx"),
        "<jmeterTestPlan><hashTree>"
            + group("ThreadGroup", "true", "${__groovy(3)}")
            + "</hashTree></jmeterTestPlan>");
    Definition definition = read(GOOD.replace("[get]", "[own.jmx]") + "users: plan\n");

    assertThatThrownBy(definition::users)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("own.jmx does not tell how many users it has (${__groovy(3)})");
  }

  @Test
  void timesAndFractionsHaveUnits() throws IOException {
    Definition definition = read(GOOD + "slice: 1500 ms\nwarm-up: 2 s\nmargin: 2 %\n");
    assertThat(definition.measurement().slice()).isEqualTo(Duration.ofMillis(1500));
    assertThat(definition.measurement().warmUp()).isEqualTo(Duration.ofSeconds(2));
    assertThat(definition.margin()).isEqualTo(0.02);
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "quick", "thorough", "middleware"})
  void aBuiltInExperimentReadsBackFromItsFrozenForm(String name) throws IOException {
    Definition builtIn = Definition.read(Path.of("experiments", name + ".yaml"), PLANS);
    Definition frozen = read(builtIn.withSeed(7).toYaml());
    assertThat(frozen.toYaml()).isEqualTo(builtIn.withSeed(7).toYaml());
    assertThat(frozen.arms()).isEqualTo(builtIn.arms());
    assertThat(frozen.seed()).contains(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "passess: 3            | :11: \"passess\" is not a key that may stand here; did you mean \"passes\"?",
        "rounds: -4            | :11: \"rounds\" is -4, but must be a whole number from 1 to 1000",
        "rounds: many          | :11: \"rounds\" is many, but must be a whole number from 1 to 1000",
        "users: [8, plan]      | :11: \"users\" has plan beside others: it must stand alone",
        "users: [8, 0]         | :11: \"users\" is 0, but must be a whole number from 1 to 10000",
        "slice: 2              | :11: \"slice\" is 2, but must be a time from 0.1 s to 3600 s",
        "margin: 80 %          | :11: \"margin\" is 80 %, but must be from 0.001 to 0.5",
        "baseline: c           | :11: \"baseline\" names \"c\", but the arms are a, b",
        "looks: [8, 8]         | :11: \"looks\" is [8, 8], but must ascend",
        "smoke: perhaps        | :11: \"smoke\" is perhaps, but must be true or false",
        "sites: [moon]         | :11: \"sites\" names \"moon\"",
        "sites: ['ssh:-oX']    | :11: \"sites\" names \"-oX\", but a host is user@host",
        "sites: ['ssh:pi:70000']        | :11: \"sites\" names \"pi:70000\", but a port is a whole number from 1 to 65535",
        "sites: [{ssh: 'pi:'}]          | :11: \"ssh\" names \"pi:\", but a port is",
        "sites: [{name: a, redis: soon}] | :11: \"redis\" is not a link: “soon”; write a delay such as 20ms",
        "sites: {- a}          | :11: not YAML: expected the node content",
        "slice:                | :11: \"slice\" has no value",
        "slice: [1 s]          | :11: \"slice\" must be one value",
        "slice: 99999999999999999999 h | :11: \"slice\" is 99999999999999999999 h, but must be a time",
        "latency: [a]          | :11: \"latency\" must be a mapping (key: value)",
        "latency:              | :11: \"latency\" has no value: write one, or leave the key out",
        "looks: []             | :11: \"looks\" is an empty list",
        "seed: -1              | :11: \"seed\" is -1, but must be a whole number from 0 to",
        "question: *q          | :11: \"question\" is an alias",
        "7: {}                 | :11: \"7\" is not a key that may stand here",
        "sites: [{name: a, ssh: pi, redis: 1ms}] | :11: \"ssh\" is another machine",
        "sites: [{name: a, ssh: pi, cores: 1}]   | :11: \"cores\" can be limited on this machine only",
        "sites: [{name: a, cores: 0}]            | :11: \"cores\" is 0, but must be",
        "plans: [get]          | :11: the key \"plans\" stands here twice",
        "latency: {rate: fast} | :11: \"rate\" is fast, but must be a whole number",
        "latency: {rat: 5}     | :11: \"rat\" is not a key that may stand here; did you mean \"rate\"?",
        "latency: {plans: [form]}           | :11: \"plans\" names form, but those of the experiment are [get]",
        "sites: [{link: {clint: 1ms}}]      | :11: \"clint\" is not a key that may stand here; did you mean \"client\"?",
        "contrasts: {name: x, of: [a, c]}   | :11: \"of\" names \"c\", but the arms are a, b",
        "contrasts: {name: x, of: [a, a]}   | :11: \"of\" is [a, a], but must name two different arms",
        "contrasts: {name: x, off: [a, b]}  | :11: \"off\" is not a key that may stand here; did you mean \"of\"?",
        "contrasts: {name: x}  | :11: \"of\" is missing",
        "rounds: [             | :12: not YAML",
      })
  void aBadKeyIsNamedWithFileLineAndWhatIsAllowed(String line, String message) {
    assertThatThrownBy(() -> read(GOOD + line + "\n"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message.startsWith(":") ? "mine.yaml" + message : message);
  }

  @ParameterizedTest
  @CsvSource({
    "500 us, PT0.0005S",
    "1.5 s, PT1.5S",
    "9 min, PT9M",
    "0.1 h, PT6M",
    "1 ns, PT0.000000001S"
  })
  void everyTimeThatIsAcceptedReadsBackFromItsFrozenForm(String text, Duration time)
      throws IOException {
    Definition definition = read(GOOD + "rest: " + text + "\n");
    assertThat(definition.measurement().rest()).isEqualTo(time);
    assertThat(read(definition.toYaml()).measurement()).isEqualTo(definition.measurement());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pi | pi | ",
        "me@pi:2222 | me@pi | 2222",
        "me@::1 | me@::1 | ",
        "fe80::1%eth0 | fe80::1%eth0 | ",
        "[::1]:2222 | ::1 | 2222",
        "me@[fd00::7]:22 | me@fd00::7 | 22",
      })
  void anAddressMayBeANameOrAnIpv6Address(String text, String destination, Integer port)
      throws IOException {
    Definition definition = read(GOOD + "sites: ['ssh:" + text + "']\n");
    assertThat(definition.sites().get(0).host().address())
        .isEqualTo(new SshAddress(destination, Optional.ofNullable(port)));
    assertThat(read(definition.toYaml())).isEqualTo(definition);
  }

  @Test
  void textThatLooksLikeSomethingElseReadsBackAsItIs() throws IOException {
    String settings = "{a: 'null', b: '010', c: 'on', d: '- x', e: 'x: y # z', f: '1e3', g: 'é·÷'}";
    Definition definition =
        read(GOOD.replace("{crossover.workers: 8}", settings) + "question: 'what: [now]?'\n");
    assertThat(definition.arms().get(1).settings()).containsEntry("a", "null").hasSize(7);
    assertThat(read(definition.toYaml())).isEqualTo(definition);
  }

  @Test
  void whatIsNoUsableTextIsRefusedInOneLine() throws IOException {
    Path file = folder.resolve("mine.yaml");
    for (String deep : List.of("a: " + "[".repeat(3000), "{a: ".repeat(3000))) {
      assertThatThrownBy(() -> read(deep))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("mine.yaml:1: nested more than 20 levels deep");
    }
    Files.write(file, GOOD.getBytes(StandardCharsets.UTF_16));
    assertThatThrownBy(() -> Definition.read(file, PLANS))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith("mine.yaml: is not encoded in UTF-8: save it as UTF-8");
    assertThatThrownBy(() -> Definition.read(folder, PLANS))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith(": is a folder, not a file");
    assertThatThrownBy(() -> read("\n"))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith("mine.yaml: the file is empty");
  }

  @Test
  void twoPlansOfOneNameAreRefused() throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(folder.resolve("p.jmx"), "");
    Files.writeString(folder.resolve("sub/p.jmx"), "");
    assertThatThrownBy(() -> read(GOOD.replace("[get]", "[p.jmx, sub/p.jmx]")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mine.yaml:10: \"plans\" has two of the name \"p\": rename one");
  }

  @Test
  void aWarThatIsNoneIsRefused() throws IOException {
    Path climbing = folder.resolve("climbing.war");
    for (String entry : List.of("../../evil", "a/../../evil", "/../evil")) {
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(climbing))) {
        zip.putNextEntry(new ZipEntry("a/../index.html"));
        zip.putNextEntry(new ZipEntry(entry));
      }
      assertThatThrownBy(() -> read(GOOD.replace("path: /sync", "war: climbing.war")))
          .isInstanceOf(UsageException.class)
          .hasMessageEndingWith("climbing.war, with an entry outside of it: " + entry);
    }
    new ZipOutputStream(Files.newOutputStream(folder.resolve("empty.war"))).close();
    Files.writeString(folder.resolve("shop.jar"), "");
    for (String war : List.of("mine.yaml", ".", "empty.war", "shop.jar")) {
      assertThatThrownBy(() -> read(GOOD.replace("path: /sync", "war: " + war)))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("mine.yaml:5: \"war\" names ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "context: shop | \"context\" is shop, but must be a path such as /shop",
        "settings: {crossover.http.maxThreads: many} | \"settings\" has crossover.http.maxThreads: many, but it must be a whole number from 1",
        "settings: {crossover.jdbc.pool: 0} | \"settings\" has crossover.jdbc.pool: 0, but it must be a whole number from 1",
        "context: /ROOT | \"context\" is /ROOT, but must be a path such as /shop",
        "context: /shop, ready: /shop/in | \"ready\" is /shop/in, but stands below /shop already: write /in",
        "command: [java], jvm: [-Xmx1g] | \"jvm\" is of a WAR in a Tomcat: it cannot stand beside \"command\"",
        "environment: {A: 1} | \"environment\" is of a \"command\": a WAR has \"settings\"",
        "command: [] | \"command\" is an empty list",
        "command: 'java -jar shop.jar' | \"command\" is one word, \"java -jar shop.jar\": write [java, -jar, shop.jar]",
        "command: 'sh -c \"a b\"' | \"command\" is one word, \"sh -c \"a b\"\": write a list of its words",
        "before: ./seed.sh small | \"before\" is one word, \"./seed.sh small\": write [./seed.sh, small]",
        "before: [a.sql, b.sql] | \"before\" names several files: write their SQL into one",
        "command: [java], directory: none | \"directory\" names ",
        "url: shop:80 | \"url\" is shop:80, but must be http://host:port, with or without a path, or https",
        "url: 'http://u:secret@shop' | \"url\" is http://u:secret@shop, but must be",
        "url: 'ftp://shop' | \"url\" is ftp://shop, but must be",
        "url: 'http://shop', java: 17 | \"java\" is of a server that is started: it cannot stand beside \"url\"",
        "url: 'http://shop', start-limit: 1 min | \"start-limit\" is of a server that is started: it cannot stand beside \"url\"",
        "url: 'http://shop', before: mine.yaml.sql | \"before\" is SQL, but the database of a \"url\" is not known",
        "before: none.sql | \"before\" names ",
        "ready: /in 40 | \"ready\" is /in 40, but must be a path, with or without the highest status",
        "ready: /a%zz | \"ready\" is /a%zz, which no URL may hold: Malformed escape pair",
        "path: /a b | \"path\" is /a b, which no URL may hold: Illegal character in path",
        "exclusive: perhaps | \"exclusive\" is perhaps, but must be true or false",
      })
  void anArmThatDoesNotFitTogetherIsRefused(String keys, String message) {
    assertThatThrownBy(
            () ->
                read(
                    GOOD.replace("- name: a", "- {name: a, " + keys + "}")
                        .replace("    path: /sync\n", "")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mine.yaml:4: " + message);
  }

  @Test
  void aProgramAndAUrlReadBackFromTheirFrozenForm() throws IOException {
    Files.writeString(folder.resolve("load.sql"), "SELECT 1");
    String yaml =
        """
        experiment: any
        arms:
          - {name: a, command: [java, -jar, shop.jar, --server.port=${port}], environment: {A: '${jdbc.url}'}}
          - {name: b, context: /shop, path: /x, ready: /in, before: [./seed.sh, '1 2'], exclusive: true}
          - {name: c, url: 'http://shop:8080/e%20u/', path: /x, before: [./seed.sh], start-limit: 9 min}
          - {name: d, before: load.sql}
        plans: [get]
        """;
    Definition definition = read(yaml);

    Arm program = definition.arms().get(0);
    assertThat(program.program().orElseThrow().command()).endsWith("--server.port=${port}");
    assertThat(program.program().orElseThrow().environment()).containsEntry("A", "${jdbc.url}");
    assertThat(program.program().orElseThrow().directory()).isEqualTo(folder);
    assertThat(program.readyPath()).isEqualTo("/");
    assertThat(definition.arms().get(1).wholePath()).isEqualTo("/shop/x");
    assertThat(definition.arms().get(1).readyPath()).isEqualTo("/shop/in");
    assertThat(definition.arms().get(2).wholePath()).isEqualTo("/e%20u/x");
    assertThat(definition.arms().get(2).readyPath()).isEqualTo("/e%20u");
    Path elsewhere = Files.createDirectories(folder.resolve("results")).resolve("frozen.yaml");
    Files.writeString(elsewhere, definition.toYaml());
    assertThat(Definition.read(elsewhere, PLANS)).isEqualTo(definition);

    assertThatThrownBy(() -> read(yaml + "metric: capacity\n"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(
            "mine.yaml:8: \"metric\" is capacity, but the CPU time of a \"url\" is not known");
    assertThatThrownBy(() -> definition.withSites(List.of("ssh:pi")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(
            "the command of the arm a can run on this machine alone, and the site ssh:pi");
    assertThatThrownBy(() -> read(yaml + "sites: [{name: far, database: 2ms}]\n"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the site far changes the server, and c, a \"url\", runs already");
  }

  @Test
  void noPasswordIsDescribed() throws IOException {
    Definition definition =
        read(
            """
            experiment: any
            arms:
              - name: a
                settings: {db.url: 'jdbc:postgresql://u:hidden@h/db', db.password: 'hidden, hidden'}
                jvm: ['-Dapi.token=hidden hidden']
              - {name: b, command: [serve, --db-password, hidden, --api-token=hidden, shop]}
            plans: [get]
            """);

    assertThat(definition.arms())
        .extracting(Arm::description)
        .noneMatch(text -> text.contains("hidden"))
        .satisfiesExactly(
            war -> assertThat(war).contains("db.url=jdbc:postgresql://u:***@h/db"),
            program ->
                assertThat(program).startsWith("serve --db-password '***'").contains("shop"));
    assertThat(definition.toYaml()).as("frozen as it is, to be run again").contains("hidden");
  }

  @Test
  void sitesReadBackWholeFromTheirFrozenForm() throws IOException {
    Definition definition =
        read(
            GOOD
                + "sites: [localhost, pi-like, 'ssh:pi@board:2222', {name: far, database: 20ms},"
                + " {name: small, cores: 1, jvm: [-Xmx64m], settings: {a: b}}]\n");
    String frozen = definition.toYaml();
    assertThat(frozen).contains("-XX:ActiveProcessorCount=4");
    assertThat(read(frozen).sites()).isEqualTo(definition.sites());
    Host board = definition.sites().get(2).host();
    assertThat(board.address()).isEqualTo(new SshAddress("pi@board", Optional.of(2222)));
  }

  @Test
  void linksMayStandTogetherAndASiteHasAUsualName() throws IOException {
    String apart = "{name: link, client: 2ms, database: 20ms, redis: 1ms}";
    String together = "{link: {client: 2ms, database: 20ms, redis: 1ms}}";
    assertThat(read(GOOD + "sites: [" + together + ", {ssh: pi@board}]\n").sites())
        .isEqualTo(read(GOOD + "sites: [" + apart + ", 'ssh:pi@board']\n").sites());
  }

  @Test
  void everyServerCompilesWhenDueUnlessItsArmSaysOtherwise() throws IOException {
    String site = "sites: [{name: small, jvm: [-Xmx64m], settings: {crossover.cache.ttl: 5}}]\n";
    Definition definition = read(GOOD + site);
    Arm arm = definition.arms().get(1);
    Host host = definition.sites().get(0).host();
    assertThat(host.jvm(arm))
        .startsWith("-XX:Tier3DelayOn=10000")
        .endsWith("-Xmx64m", "-Xmx100m", "-Xss512k");
    assertThat(host.settings(Map.of(), arm)).containsEntry("crossover.cache.ttl", "5");
    assertThat(Host.HERE.settings(Map.of(), arm)).containsEntry("crossover.cache.ttl", "86400");
  }

  @Test
  void aTimeLimitHoldsUntilSomebodyAsksForANumberOfRounds() throws IOException {
    Definition limited = read(GOOD + "rounds: 8\ntime-limit: 9 min\n");
    assertThat(limited.timeLimit()).contains(Duration.ofMinutes(9));
    assertThat(limited.fewestRounds()).isEqualTo(4);
    assertThat(read(limited.toYaml())).isEqualTo(limited);
    assertThat(limited.withUsers(List.of(4)).timeLimit()).isEqualTo(limited.timeLimit());
    assertThat(limited.withRounds(12).timeLimit()).isEmpty();
    assertThat(limited.withRounds(12).fewestRounds()).isEqualTo(12);
  }

  @Test
  void responseTimesMayBeThoseOfSomePlans() throws IOException {
    Definition definition =
        read(GOOD.replace("[get]", "[get, form]") + "latency: {plans: [form]}\n");
    assertThat(definition.views())
        .extracting(view -> definition.measurement().latency(view).isPresent())
        .containsExactly(false, true);
    assertThat(read(definition.toYaml()).measurement()).isEqualTo(definition.measurement());
  }

  @Test
  void sitesAreChosenByNameAndSomeAreAlwaysThere() throws IOException {
    Definition definition = read(GOOD + "sites: [{name: far, database: 20ms}]\n");
    assertThat(definition.withSites(List.of("far", "pi-like", "ssh:pi")).sites())
        .extracting(Site::name)
        .containsExactly("far", "pi-like", "ssh:pi");
    assertThatThrownBy(() -> definition.withSites(List.of("fra")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no site \"fra\"; the sites are far, and always localhost");
    assertThatThrownBy(() -> read(GOOD + "sites: ['ssh:pi', {name: b, ssh: pi}]\n"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("two sites are on the same other machine");
  }

  @Test
  void aPlanThatDoesNotExistIsNamed() {
    assertThatThrownBy(() -> read(GOOD.replace("[get]", "[get, gett]")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mine.yaml:10: \"plans\" names gett");
  }

  @Test
  void aPlanThatIsAFolderIsNamed() throws IOException {
    Files.createDirectory(folder.resolve("p.jmx"));
    assertThatThrownBy(() -> read(GOOD.replace("[get]", "[p.jmx]")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mine.yaml:10: \"plans\" names p.jmx, but there is no plan");
  }

  @Test
  void anOverlayWithAStockServerXmlIsRefused() throws IOException {
    Path server = Files.createDirectories(folder.resolve("lay/conf")).resolve("server.xml");
    Files.writeString(server, "<Connector port=\"8080\"/>");
    String laid = GOOD.replace("path: /sync", "overlay: lay");
    assertThatThrownBy(() -> read(laid))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mine.yaml:5: \"overlay\" holds " + server)
        .hasMessageEndingWith("which must take its port from ${crossover.http.port}");
    Path more = Files.createDirectory(folder.resolve("lay/webapps"));
    Path other = Files.createDirectory(more.resolve("other"));
    assertThatThrownBy(() -> read(laid))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("\"overlay\" holds " + more + ", but an arm has one application");
    Files.delete(other);
    for (String port : List.of("${crossover.http.port}", "${crossover.http.port:-8080}")) {
      Files.writeString(server, "<Connector port=\"" + port + "\"/>");
      read(laid);
    }
    assertThat(read(laid).arms()).first().extracting(Arm::overlay).isNotEqualTo(Optional.empty());
  }

  @Test
  void theStatusThatMeansReadyMayStandBehindThePath() throws IOException {
    Definition definition = read(GOOD.replace("path: /sync", "ready: /in 401"));
    Arm arm = definition.arms().get(0);
    assertThat(arm.ready()).isEqualTo("/in");
    assertThat(arm.highestReady()).isEqualTo(401);
    assertThat(definition.arms().get(1).highestReady()).isEqualTo(200);
    assertThat(read(definition.toYaml()).arms()).as("as frozen").isEqualTo(definition.arms());
    assertThat(arm.isLike(definition.arms().get(1))).isFalse();
  }

  @Test
  void anArmMaySayHowLongItsStartMayTake() throws IOException {
    Definition definition = read(GOOD.replace("path: /sync", "start-limit: 2 min"));
    assertThat(definition.arms().get(0).startLimit()).contains(Duration.ofMinutes(2));
    assertThat(definition.arms().get(1).startLimit()).isEmpty();
    assertThat(read(definition.toYaml()).arms()).as("as frozen").isEqualTo(definition.arms());
    assertThatThrownBy(() -> read(GOOD.replace("path: /sync", "start-limit: 2")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mine.yaml:5: \"start-limit\" is 2, but must be a time from 1 s to");
  }

  @Test
  void twoArmsOfOneNameAreRefused() {
    assertThatThrownBy(() -> read(GOOD.replace("name: b", "name: a")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mine.yaml:3: \"arms\" has two of the name \"a\"");
  }

  @Test
  void anUnknownKeyOfAnArmIsNamedWithItsOwnLine() {
    assertThatThrownBy(() -> read(GOOD.replace("jvm:", "jvn:")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mine.yaml:8: \"jvn\" is not a key that may stand here")
        .hasMessageContaining("did you mean \"jvm\"?");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Definition.read(folder.resolve("none.yaml"), PLANS))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith("none.yaml: there is no such file");
  }

  @Test
  void theBaselineStaysWhenArmsAreChosen() throws IOException {
    Definition builtIn = Definition.read(Path.of("experiments/default.yaml"), PLANS);
    assertThat(builtIn.withArms(a -> a.name().equals("native")).arms())
        .extracting(Arm::name)
        .containsExactly("sync", "native");
    assertThatThrownBy(() -> builtIn.withArms(a -> false))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("sync, wrapped, native, native-unpipelined, virtual");
  }

  @Test
  void aContrastGoesWithTheArmsItNeeds() throws IOException {
    Definition builtIn = Definition.read(Path.of("experiments/middleware.yaml"), PLANS);
    assertThat(builtIn.contrasts()).hasSize(14);
    assertThat(builtIn.withArms(a -> a.name().startsWith("sync")).contrasts())
        .extracting(Contrast::formula)
        .containsExactly("sync-blocking ÷ sync", "sync-async ÷ sync");
  }

  @Test
  void anUnknownViewIsRefusedWithTheKnownOnes() throws IOException {
    Definition builtIn = Definition.read(Path.of("experiments/default.yaml"), PLANS);
    assertThatThrownBy(() -> builtIn.withViews(List.of("gte")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("\"gte\"; the views are page, page-fn, get, form, cached");
  }
}
