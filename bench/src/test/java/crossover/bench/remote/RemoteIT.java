package crossover.bench.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.experiment.LinkSpec;
import crossover.bench.experiment.PiProfile;
import crossover.bench.probe.Sample;
import crossover.bench.probe.ServerProbe;
import crossover.bench.probe.Usage;
import crossover.bench.server.Link;
import crossover.bench.stack.Cpus;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Ports;
import crossover.bench.stack.Stack;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.Watchdog;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployments to, and measured servers on, a host that a real sshd on the loopback makes. */
@Tag("long")
class RemoteIT {

  @TempDir private static Path temp;
  private static Watchdog watchdog;
  private static Sshd sshd;
  private static Installation installation;
  private static Stack backends;

  private final int port = Ports.free();
  private final Path folder = temp.resolve("deployed-" + port);

  @BeforeAll
  static void open() throws Exception {
    watchdog = Watchdog.open();
    installation = Installation.find();
    sshd = new Sshd(temp.resolve("sshd"), watchdog, null);
    backends = Stack.open(installation, Cpus.free(), null, null);
  }

  @AfterEach
  void undeploy() {
    try (Ssh ssh = sshd.connect(watchdog)) {
      Deployment.undeploy(ssh, folder.toString());
    }
  }

  @AfterAll
  static void close() {
    backends.close();
    watchdog.close();
  }

  @Test
  void aDeploymentServesASecondSendsOnlyWhatChangedAndUndeployingLeavesNothing() throws Exception {
    try (Ssh ssh = sshd.connect(watchdog)) {
      Deployment first = Deployment.deploy(ssh, spec(war("one")));
      assertThat(get(first.url())).isEqualTo("one");
      assertThat(first.sent()).contains("base/webapps/ROOT.war", "tomcat/bin/bootstrap.jar");

      Deployment same = Deployment.deploy(ssh, spec(war("one")));
      assertThat(same.sent()).isEmpty();
      assertThat(same.restarted()).isFalse();

      Deployment second = Deployment.deploy(ssh, spec(war("two")));
      assertThat(second.sent()).containsExactly("base/webapps/ROOT.war");
      assertThat(second.restarted()).isTrue();
      assertThat(get(second.url())).isEqualTo("two");

      assertThat(Deployment.undeploy(ssh, folder.toString())).isTrue();
      assertThat(folder).doesNotExist();
      assertThatThrownBy(() -> get(second.url())).isInstanceOf(ConnectException.class);
      assertThat(Deployment.undeploy(ssh, folder.toString())).isFalse();
    }
  }

  @Test
  void aDeploymentOutlivesTheConnection() throws Exception {
    URI url;
    try (Ssh ssh = sshd.connect(watchdog)) {
      url = Deployment.deploy(ssh, spec(war("stays"))).url();
    }
    assertThat(get(url)).isEqualTo("stays");
  }

  @Test
  void somebodyElsesFolderIsLeftAlone() throws Exception {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("thesis.txt"), "all my work");
    try (Ssh ssh = sshd.connect(watchdog)) {
      assertThatThrownBy(() -> Deployment.deploy(ssh, spec(war("one"))))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("not Crossover's; name another folder");
      assertThat(Deployment.undeploy(ssh, folder.toString())).isFalse();
    }
    assertThat(folder.resolve("thesis.txt")).content().isEqualTo("all my work");
  }

  @Test
  void aPortThatIsTakenThereIsNamed() throws Exception {
    try (Ssh ssh = sshd.connect(watchdog);
        ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();
      assertThatThrownBy(() -> Deployment.deploy(ssh, spec(war("one"))))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("board: port " + port + " is taken there");
    }
  }

  @Test
  void aServerThatDiesAtItsStartShowsItsLog() throws Exception {
    try (Ssh ssh = sshd.connect(watchdog)) {
      Deployment.Spec good = spec(war("one"));
      Deployment.Spec bad =
          new Deployment.Spec(
              good.tomcat(),
              good.conf(),
              good.war(),
              List.of("-XX:NoSuchOption"),
              Map.of(),
              port,
              folder.toString(),
              "/health",
              200,
              Optional.empty());
      assertThatThrownBy(() -> Deployment.deploy(ssh, bad))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("ended while it was starting")
          .hasMessageContaining("NoSuchOption");
    }
  }

  @Test
  void aDeployedPageThatIsMissingIsNotReady() throws Exception {
    try (Ssh ssh = sshd.connect(watchdog)) {
      Deployment.Spec good = spec(war("one"));
      Deployment.Spec missing =
          new Deployment.Spec(
              good.tomcat(),
              good.conf(),
              good.war(),
              good.jvmOptions(),
              Map.of(),
              port,
              folder.toString(),
              "/missing",
              399,
              Optional.of(Duration.ofSeconds(3)));
      assertThatThrownBy(() -> Deployment.deploy(ssh, missing))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("board: not ready after ")
          .hasMessageContaining(" s: GET ")
          .hasMessageContaining("/missing gave ")
          .hasMessageContaining("(--start-limit)");
    }
  }

  @Test
  void aHostWithoutJavaIsToldHowToGetOne() throws Exception {
    String noJava = "mount -t tmpfs none /usr/lib/jvm; mount -t tmpfs none /opt";
    try (Sshd bare = new Sshd(temp.resolve("bare"), watchdog, noJava);
        Ssh ssh = bare.connect(watchdog)) {
      assertThatThrownBy(() -> Deployment.deploy(ssh, spec(war("one"))))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("board: no Java 17 or later there (none at all)")
          .hasMessageContaining("apt install")
          .hasMessageNotContaining("\n");
      assertThat(folder).doesNotExist();
    }
  }

  @Test
  void aFullDiskIsToldBeforeAnythingIsSent() throws Exception {
    Files.createDirectories(folder);
    String fullDisk = "mount -t tmpfs -o size=4m none " + folder;
    try (Sshd small = new Sshd(temp.resolve("small"), watchdog, fullDisk);
        Ssh ssh = small.connect(watchdog)) {
      assertThatThrownBy(() -> Deployment.deploy(ssh, spec(war("one"))))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("board: disk full: " + folder + " needs ")
          .hasMessageContaining(" 4 MB are free");
    }
  }

  @Test
  void aDiskThatFillsWhileFilesAreSentIsToldToo() throws Exception {
    Files.createDirectories(folder);
    try (Sshd small =
            new Sshd(
                temp.resolve("filling"), watchdog, "mount -t tmpfs -o size=4m none " + folder);
        Ssh ssh = small.connect(watchdog)) {
      RemoteFolder there = new RemoteFolder(ssh, folder.toString());
      Map<String, Path> files = Map.of("large", random(8 << 20));
      assertThatThrownBy(() -> there.send(files, List.of("large"), Long.MAX_VALUE))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("board: disk full: " + folder + " has ")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aDeploymentThatWasCutInTheMiddleGoesOnWithTheNext() throws Exception {
    Path large = random(4 << 20);
    Path war = war("large", large);
    try (Link link =
        Link.open(
            LinkSpec.parse("1ms 40Mbit / 1ms"),
            "127.0.0.1",
            sshd.port(),
            null,
            List.of(),
            watchdog)) {
      try (Ssh ssh = Ssh.connect("board", sshd.client(link.localPort()), watchdog)) {
        CompletableFuture<Void> deploying =
            CompletableFuture.runAsync(() -> Deployment.deploy(ssh, spec(war)));
        while (link.relay().figures().bytes() < 2 << 20 && !deploying.isDone()) {
          Thread.sleep(10);
        }
        link.relay().refuse();
        link.relay().reset();
        assertThatThrownBy(deploying::join)
            .isInstanceOf(CompletionException.class)
            .cause()
            .isInstanceOf(StartFailure.class)
            .hasMessageContaining("board: the connection was cut");
      }
    }
    try (Ssh ssh = sshd.connect(watchdog)) {
      Deployment whole = Deployment.deploy(ssh, spec(war));
      assertThat(whole.sent()).as("some had arrived").hasSizeLessThan(everything(war));
      assertThat(get(whole.url())).isEqualTo("large");
    }
  }

  @Test
  void measuredServersComeOneAfterAnotherWithSettingsOfTheirOwn() throws Exception {
    try (Ssh ssh = sshd.connect(watchdog)) {
      try (AgentHost host = host(ssh)) {
        for (String arm : List.of("one", "two")) {
          int measured = launch(host, arm, PiProfile.JVM_OPTIONS);
          assertThat(get(url(measured, "/deep/down/setting.jsp"))).isEqualTo(arm);
          ProcessHandle process = tomcat();
          assertThat(host.agent().isAlive(measured)).isTrue();
          host.agent().stop(measured);
          assertThat(process.isAlive()).isFalse();
        }
      }
      assertThat(folder).doesNotExist();
    }
  }

  @Test
  void aMeasuredServerThatDiesAtItsStartShowsItsLog() throws Exception {
    try (Ssh ssh = sshd.connect(watchdog);
        AgentHost host = host(ssh)) {
      assertThatThrownBy(() -> launch(host, "dying", List.of("-XX:NoSuchOption")))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("board: Tomcat dying ended while it was starting")
          .hasMessageContaining("NoSuchOption");
    }
  }

  @Test
  void whatIsMeasuredEndsWhenTheConnectionIsCut() throws Exception {
    try (Link link = Link.open(LinkSpec.NONE, "127.0.0.1", sshd.port(), null, List.of(), watchdog);
        Ssh ssh = Ssh.connect("board", sshd.client(link.localPort()), watchdog)) {
      AgentHost host = hostWithBackends(ssh);
      int measured = launch(host, "cut", PiProfile.JVM_OPTIONS);
      CompletableFuture<Void> ended = endOfAll();
      link.relay().reset();
      ended.get(60, TimeUnit.SECONDS);
      assertThatThrownBy(() -> host.agent().isAlive(measured))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("board: the connection was cut");
      assertThatThrownBy(host::close)
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining(folder + " stays there until the next run");
    }
    try (Ssh ssh = sshd.connect(watchdog);
        AgentHost again = host(ssh)) {
      launch(again, "again", PiProfile.JVM_OPTIONS);
    }
    assertThat(folder).doesNotExist();
  }

  @Test
  void whatIsMeasuredEndsWhenTheAgentIsKilled() throws Exception {
    try (Ssh ssh = sshd.connect(watchdog);
        AgentHost host = hostWithBackends(ssh)) {
      int measured = launch(host, "orphan", PiProfile.JVM_OPTIONS);
      CompletableFuture<Void> ended = endOfAll();
      ssh.require("kill the agent", "kill -9 $(cat " + folder + "/state/agent.pid)");
      ended.get(60, TimeUnit.SECONDS);
      assertThatThrownBy(() -> host.agent().isAlive(measured))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("the agent on board ended");
    }
    assertThat(folder).doesNotExist();
  }

  @Test
  void whatAServerUsesIsReadThere() throws Exception {
    try (Ssh ssh = sshd.connect(watchdog);
        AgentHost host = hostWithBackends(ssh)) {
      int measured = launch(host, "probed", PiProfile.JVM_OPTIONS);
      HostAgent agent = host.agent();
      assertThatThrownBy(() -> host(ssh))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("board: another site of this run is the same machine");
      agent.execute("make.sql", "CREATE TABLE there (id int); INSERT INTO there VALUES (1)");
      assertThatThrownBy(() -> agent.execute("break.sql", "INSERT INTO no_such VALUES (1)"))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("the database refuses break.sql: ERROR:");
      try (ServerProbe near = new ServerProbe(tomcat().pid(), Map.of(), true)) {
        Sample nearStart = near.sample();
        Sample farStart = agent.sample(measured);
        for (int i = 0; i < 500; i++) {
          get(url(measured, "/deep/down/setting.jsp"));
        }
        Usage farUsage = Usage.between(farStart, agent.sample(measured));
        Usage nearUsage = Usage.between(nearStart, near.sample());
        // The near window holds the far one, and what asking costs the server besides.
        assertThat(farUsage.server().cpu() / nearUsage.server().cpu()).isBetween(0.3, 1.1);
        assertThat(farUsage.server().voluntarySwitches()).isGreaterThan(500);
        assertThat(farUsage.gauges().pools()).containsKey("http-nio");
        assertThat(farUsage.jvm().allocatedBytes()).isGreaterThan(500 * 1024.0);
        assertThat(farUsage.gauges().rssBytes() / nearUsage.gauges().rssBytes())
            .isBetween(0.8, 1.25);
        assertThat(farUsage.beside().steal()).isNotNaN();
        assertThat(farUsage.beside().backends().get("postgres").cpu()).isNotNaN();
        assertThat(agent.cpuSeconds(measured)).isPositive();
        assertThat(agent.machine().cores()).isPositive();
      }
    }
  }

  @Test
  void anArmThatNeedsANewerJavaThanThereIsSaysSo() throws Exception {
    try (Ssh ssh = sshd.connect(watchdog)) {
      RemoteHost host = RemoteHost.inspect(ssh, folder.toString());
      assertThatThrownBy(() -> host.java(99))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("no Java 99 or later there (the newest is ");
    }
  }

  /** With the backends of all tests, for to start some there takes most of the time. */
  private AgentHost host(Ssh ssh) {
    AgentHost host = AgentHost.open(ssh, folder.toString(), installation, false);
    host.agent().startBackends(backends.database(), backends.redis());
    return host;
  }

  private AgentHost hostWithBackends(Ssh ssh) {
    AgentHost host = AgentHost.open(ssh, folder.toString(), installation, true);
    host.agent().startBackends(null, null);
    return host;
  }

  private List<ProcessHandle> startedByTheAgent() throws Exception {
    String agent = Files.readString(folder.resolve("state/agent.pid")).strip();
    return ProcessHandle.of(Long.parseLong(agent)).orElseThrow().descendants().toList();
  }

  private ProcessHandle tomcat() throws Exception {
    return startedByTheAgent().stream()
        .filter(process -> process.info().command().orElse("").endsWith("/java"))
        .findFirst()
        .orElseThrow();
  }

  /** The end of all that the agent has started: Tomcat, PostgreSQL, Redis. */
  private CompletableFuture<Void> endOfAll() throws Exception {
    List<ProcessHandle> all = startedByTheAgent();
    assertThat(all)
        .extracting(process -> process.info().command().orElse(""))
        .anyMatch(command -> command.contains("postgres"))
        .anyMatch(command -> command.contains("redis"))
        .anyMatch(command -> command.endsWith("/java"));
    return CompletableFuture.allOf(
        all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
  }

  private int launch(AgentHost host, String arm, List<String> jvmOptions) throws Exception {
    host.bringTomcat(installation, 11);
    String war = host.bring(war("site"), "brought/größe 1##2.WAR");
    HostAgent.Launch launch =
        new HostAgent.Launch(
            arm,
            war,
            "/deep/down",
            11,
            null,
            host.host().java(17).path(),
            jvmOptions,
            Map.of("some.setting", arm));
    int measured = host.agent().launch(launch);
    host.agent().awaitReady(measured, "/deep/down/health", 200, null, true);
    return measured;
  }

  private static URI url(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private Deployment.Spec spec(Path war) {
    return new Deployment.Spec(
        installation.tomcat(11),
        conf(),
        war,
        PiProfile.JVM_OPTIONS,
        PiProfile.SETTINGS,
        port,
        folder.toString(),
        "/health",
        200,
        Optional.empty());
  }

  private static Path conf() {
    return installation.tomcatConf();
  }

  private int everything(Path war) {
    // With the WAR and the service's own two.
    return Deployment.files(spec(war)).size() + 3;
  }

  /** An application that says a word. */
  private static Path war(String word, Path... more) throws Exception {
    Path war = temp.resolve(word + ".war");
    if (Files.exists(war)) {
      return war;
    }
    try (OutputStream out = Files.newOutputStream(war);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("index.html"));
      zip.write(word.getBytes(UTF_8));
      zip.putNextEntry(new ZipEntry("health"));
      zip.write("well".getBytes(UTF_8));
      zip.putNextEntry(new ZipEntry("setting.jsp"));
      zip.write("<%=System.getProperty(\"some.setting\")%>".getBytes(UTF_8));
      for (Path file : more) {
        zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
        Files.copy(file, zip);
      }
    }
    return war;
  }

  private static Path random(int size) throws Exception {
    byte[] bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    return Files.write(temp.resolve("random-" + size), bytes);
  }

  private static String get(URI url) throws Exception {
    try (var in = url.toURL().openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
