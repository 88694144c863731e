package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.ToolProvider;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the generator makes of plans and of answers, right or wrong. */
@Tag("long")
class GeneratorAnswersIT extends WithGenerator {
  /** Ends the user who comes to it. */
  private static final String STOP =
      Jmx.element(
          "TestAction",
          "TestActionGui",
          "stop",
          Jmx.number("ActionProcessor.action", 0) + Jmx.number("ActionProcessor.target", 0));

  @Test
  void aSliceHasRoomForAThinkTime() throws Exception {
    String think = Jmx.timer("ConstantTimer", Jmx.text("ConstantTimer.delay", "400"));
    Path plan = Files.writeString(logs.resolve("one.jmx"), Jmx.plan(1, 1, think, Jmx.get("/a")));
    try (SlowServer server = new SlowServer(arrival -> arrival + MILLI)) {
      Slice slice = run(Traffic.closed(plan, at(server), 1, 0, 0.1));

      assertThat(slice.requests()).isPositive();
      assertThat(slice.seconds()).isGreaterThan(0.8);
    }
  }

  @Test
  void aPlanFindsTheClassesThatItAddsToJMeters() throws Exception {
    Path source = logs.resolve("Sign.java");
    Files.writeString(source, "public class Sign { public String path() { return \"/signed\"; } }");
    int status =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", "" + source);
    assertThat(status).isZero();
    String script = "sampler.setPath(new Sign().path());";
    String pre = Jmx.bean("BeanShellPreProcessor", "pre", Jmx.text("script", script));
    String added = Jmx.text("TestPlan.user_define_classpath", "absent.jar," + logs);
    String plan = Jmx.plan(1, 1, Jmx.get("/a", pre));
    Path file = logs.resolve("added.jmx");
    Files.writeString(file, plan.replace("</TestPlan>", added + "</TestPlan>"));
    try (RecordingServer server = new RecordingServer()) {
      run(Traffic.closed(file, Map.of("host", "127.0.0.1", "port", "" + server.port()), 1, 0, 0.1));

      assertThat(server.requests()).allMatch(request -> request.startsWith("GET /signed"));
      assertThat(server.requests()).isNotEmpty();
    }
  }

  @Test
  void whatJMetersCacheAnswersIsNoRequest() throws Exception {
    Path plan =
        Files.writeString(
            logs.resolve("cache.jmx"),
            Jmx.plan(
                1,
                1,
                Jmx.element("CacheManager", "CacheManagerGui", "c", Jmx.flag("useExpires", true)),
                Jmx.get("/fresh"),
                Jmx.get("/other")));
    try (RecordingServer server = new RecordingServer()) {
      Map<String, String> at = Map.of("host", "127.0.0.1", "port", "" + server.port());
      Slice slice = run(Traffic.closed(plan, at, 2, 0, 1));

      assertThat(slice.requests()).isBetween(1L, (long) server.requests().size());
      assertThat(server.requests().stream().filter(r -> r.contains("/fresh"))).hasSize(2);
    }
  }

  @Test
  void requestsToAnotherServerAreCountedAndTheirVariablesNamed() throws Exception {
    try (RecordingServer decoy = new RecordingServer();
        RecordingServer server = new RecordingServer()) {
      String fixed =
          Jmx.text("HTTPSampler.domain", "localhost")
              + Jmx.text("HTTPSampler.port", "${SHOP_PORT}");
      Path plan =
          Files.writeString(
              logs.resolve("shop.jmx"),
              Jmx.plan(
                  1,
                  1,
                  Jmx.variables("SHOP_PORT", "" + decoy.port()),
                  Jmx.getWith("/fixed", fixed),
                  Jmx.get("/told")));
      Map<String, String> at = Map.of("host", "127.0.0.1", "port", "" + server.port());
      Slice half = run(Traffic.closed(plan, at, 1, 0, 0.5));
      int seen = decoy.requests().size();
      Map<String, String> mapped = new TreeMap<>(at);
      mapped.put("SHOP_PORT", "${port}");
      Slice all = run(Traffic.closed(plan, mapped, 1, 0, 0.5));

      assertThat(half.elsewhere()).containsOnlyKeys("localhost:" + decoy.port());
      assertThat(Misdirected.sentence(plan, "next", half, false).orElseThrow())
          .contains("of " + half.requests() + " requests of shop.jmx reached arm next; it sent ")
          .endsWith("Map its variables: `jmeter: {SHOP_PORT: '${port}'}`");
      assertThat(all.requests()).isPositive();
      assertThat(Misdirected.sentence(plan, "next", all, false)).isEmpty();
      assertThat(decoy.requests()).hasSize(seen);
    }
  }

  @Test
  void aProxyThatAScriptSetsIsSeen() throws Exception {
    try (RecordingServer proxy = new RecordingServer()) {
      String script =
          "sampler.setProperty(\"HTTPSampler.proxyHost\", \"127.0.0.1\");"
              + "sampler.setProperty(\"HTTPSampler.proxyPort\", \"%d\");".formatted(proxy.port());
      String pre = Jmx.bean("BeanShellPreProcessor", "pre", Jmx.text("script", script));
      Path plan = Files.writeString(logs.resolve("script.jmx"), Jmx.plan(1, 1, Jmx.get("/a", pre)));
      Slice slice = run(Traffic.closed(plan, Map.of("host", "127.0.0.1", "port", "1"), 1, 0, 0.3));

      String where = "the proxy 127.0.0.1:" + proxy.port();
      assertThat(slice.elsewhere()).containsOnly(Map.entry(where, slice.requests()));
      assertThat(Misdirected.sentence(plan, "next", slice, false).orElseThrow())
          .startsWith("no request of script.jmx reached arm next; it sent ")
          .contains(" to " + where + ". Remove it");
      assertThat(Misdirected.sentence(plan, "next", slice, true)).isEmpty();
    }
  }

  @Test
  void aProxyWithoutAPortIsNone() throws Exception {
    try (RecordingServer server = new RecordingServer()) {
      String script = "sampler.setProperty(\"HTTPSampler.proxyHost\", \"127.0.0.2\");";
      String pre = Jmx.bean("BeanShellPreProcessor", "pre", Jmx.text("script", script));
      Path plan = Files.writeString(logs.resolve("script.jmx"), Jmx.plan(1, 1, Jmx.get("/a", pre)));
      Map<String, String> to = Map.of("host", "127.0.0.1", "port", "" + server.port());
      Slice slice = run(Traffic.closed(plan, to, 1, 0, 0.3));
      assertThat(slice.requests()).isPositive();
      assertThat(slice.errors()).isZero();
      assertThat(slice.elsewhere()).isEmpty();
    }
  }

  @Test
  void aSampleThatIsNoRequestAndFailsIsTold() throws Exception {
    String tcp = Jmx.text("TCPSampler.server", "127.0.0.1") + Jmx.text("TCPSampler.port", "1");
    Path plan =
        Files.writeString(
            logs.resolve("tcp.jmx"),
            Jmx.plan(
                1, 1, Jmx.get("/a"), Jmx.element("TCPSampler", "TCPSamplerGui", "stock", tcp)));
    try (SlowServer server = new SlowServer(arrival -> arrival + MILLI)) {
      Slice slice = run(Traffic.closed(plan, at(server), 1, 0, 0.5));

      assertThat(slice.requests()).isPositive();
      assertThat(slice.errors()).isZero();
      assertThat(slice.errorSample()).first().asString().startsWith("stock: ");
    }
  }

  /** A condition that never holds would else be waited for in every slice. */
  @ParameterizedTest
  @CsvSource({"false, 4 of 4", "${__jexl3(${__threadNum} <= 3)}, 1 of 4"})
  void usersWhoMakeNoRequestAreRefused(String condition, String who) throws Exception {
    Path plan =
        Files.writeString(
            logs.resolve("never.jmx"),
            Jmx.plan(
                1,
                1,
                Jmx.element("DebugSampler", "TestBeanGUI", "debug", ""),
                Jmx.timer("ConstantTimer", Jmx.text("ConstantTimer.delay", "5")),
                Jmx.controller(
                    "IfController",
                    Jmx.text("IfController.condition", condition)
                        + Jmx.flag("IfController.useExpression", true),
                    Jmx.get("/a"))));
    try (SlowServer server = new SlowServer(arrival -> arrival + MILLI)) {
      Traffic brief =
          new Traffic(
              plan.toString(), new TreeMap<>(at(server)), Traffic.Kind.CLOSED, 4, 0, 0, 0.1, 2);
      assertThatThrownBy(() -> run(brief))
          .isInstanceOf(GeneratorFailure.class)
          .hasMessageContaining(who + " users of " + plan + " made no HTTP request");
    }
  }

  /** Such as data that end before the slice does; who ended is not counted with them. */
  @Test
  void usersWhoAskNoMoreMakeASliceInvalid() throws Exception {
    String sixInAll =
        Jmx.number("ThroughputController.style", 0)
            + Jmx.flag("ThroughputController.perThread", false)
            + Jmx.number("ThroughputController.maxThroughput", 6);
    Path plan =
        Files.writeString(
            logs.resolve("six.jmx"),
            Jmx.plan(
                1,
                1,
                Jmx.element("DebugSampler", "TestBeanGUI", "debug", ""),
                Jmx.controller("ThroughputController", sixInAll, Jmx.get("/a")),
                Jmx.controller(
                    "IfController",
                    Jmx.text("IfController.condition", "${__jexl3(${__threadNum} == 3)}")
                        + Jmx.flag("IfController.useExpression", true),
                    STOP)));
    try (SlowServer server = new SlowServer(arrival -> arrival + MILLI)) {
      Slice slice =
          run(
              new Traffic(
                  plan.toString(), new TreeMap<>(at(server)), Traffic.Kind.CLOSED, 3, 0, 0, 2, 2));

      assertThat(slice.unfinished()).isEqualTo(3);
      assertThat(slice.errorSample()).first().asString().startsWith("2 of 3 users of " + plan);
    }
  }

  @Test
  void usersWhoEndByThemselvesMakeASliceInvalid() throws Exception {
    Path plan = Files.writeString(logs.resolve("stop.jmx"), Jmx.plan(1, 1, Jmx.get("/a"), STOP));
    try (SlowServer server = new SlowServer(arrival -> arrival + MILLI)) {
      Slice slice = run(Traffic.closed(plan, at(server), 3, 0, 1));

      assertThat(slice.unfinished()).isEqualTo(3);
      assertThat(slice.errorSample()).first().asString().contains("users ended by themselves");
    }
  }

  @Test
  void theHistogramHoldsEveryRequest() throws Exception {
    try (SlowServer server = new SlowServer(arrival -> arrival + 3 * MILLI)) {
      Slice slice = run(Traffic.closed(PAGE, at(server), 2, 0.2, 1));

      Histogram histogram =
          Histogram.decodeFromCompressedByteBuffer(
              ByteBuffer.wrap(Base64.getDecoder().decode(slice.histogram())), 0);
      assertThat(histogram.getTotalCount()).isEqualTo(slice.requests()).isPositive();
      assertThat(histogram.getValueAtPercentile(50) / 1e3).isEqualTo(slice.p50Millis());
      assertThat(histogram.getNumberOfSignificantValueDigits()).isEqualTo(3);
    }
  }

  @Test
  void withChecksAWrongWordFailsTheSample() throws Exception {
    try (SlowServer right = new SlowServer(arrival -> arrival + MILLI, GeneratorAnswersIT::word);
        SlowServer wrong = new SlowServer(arrival -> arrival + MILLI, first -> word(first + "0"))) {
      Traffic toRight = Traffic.closed(GET, at(right, "checks", "true", "words", "500"), 2, 0.2, 1);
      Traffic toWrong = Traffic.closed(GET, at(wrong, "checks", "true", "words", "500"), 2, 0.2, 1);
      Traffic unchecked = Traffic.closed(GET, at(wrong, "words", "500"), 2, 0.2, 1);

      assertThat(run(toRight).errors()).isZero();
      assertThat(run(unchecked).errors()).isZero();
      Slice slice = run(toWrong);
      assertThat(slice.errors()).isEqualTo(slice.requests()).isPositive();
      assertThat(slice.errorSample()).first().asString().contains("shows the word asked for");
    }
  }

  /** The page of the word that the request's first line asks for. */
  private static String word(String first) {
    String id = first.replaceAll("\\D*/words/(\\d+) HTTP/1.1(0?)", "$1$2");
    return SlowServer.answer("200 OK", "<p data-id=\"" + id + "\"></p></html>");
  }

  @Test
  void anErrorStatusIsAnErrorAndIsQuoted() throws Exception {
    try (SlowServer server =
        new SlowServer(
            arrival -> arrival + MILLI,
            first -> SlowServer.answer("503 Service Unavailable", "later"))) {
      Slice slice = run(Traffic.closed(PAGE, at(server), 2, 0.2, 1));

      assertThat(slice.errors()).isEqualTo(slice.requests()).isPositive();
      assertThat(slice.errorSample()).containsExactly("503: Service Unavailable");
    }
  }

  @Test
  void aServerThatNeverAnswersCannotHoldASlice() throws Exception {
    try (SlowServer server = new SlowServer(arrival -> arrival + 3_600_000 * MILLI)) {
      Traffic traffic =
          new Traffic(
              PAGE.toString(), new TreeMap<>(at(server)), Traffic.Kind.CLOSED, 3, 0, 0.1, 1, 1);

      assertThat(run(traffic).unfinished()).isEqualTo(3);
    }
    anErrorStatusIsAnErrorAndIsQuoted(); // and the generator lives on
  }

  @Test
  void aServerThatStopsAnsweringLeavesUnfinishedRequests() throws Exception {
    long silence = System.nanoTime() + 1_200 * MILLI;
    try (SlowServer server =
        new SlowServer(
            arrival -> arrival < silence ? arrival + MILLI : arrival + 3_600_000 * MILLI)) {
      Traffic traffic =
          new Traffic(
              PAGE.toString(), new TreeMap<>(at(server)), Traffic.Kind.OPEN, 3, 100, 0, 3, 1);
      Slice slice = run(traffic);

      assertThat(slice.unfinished()).isPositive();
      assertThat(slice.unfinished() + slice.requests()).isEqualTo(300);
    }
  }

  @Test
  void aPlanThatIsNoneIsRefusedAndTheGeneratorLivesOn() throws Exception {
    try (SlowServer server = new SlowServer(arrival -> arrival)) {
      assertThatThrownBy(() -> run(Traffic.closed(Path.of("absent.jmx"), at(server), 1, 0, 1)))
          .isInstanceOf(GeneratorFailure.class)
          .hasMessageContaining("absent.jmx");
      assertThat(generator.isAlive()).isTrue();
    }
  }

  @Test
  void whatKeepsJMeterFromLoadingAPlanIsToldInALine() throws Exception {
    String handler = "org.apache.logging.log4j.core.async.RingBufferLogEventHandler";
    String text = Jmx.plan(1, 1, Jmx.bean(handler, "x", ""));
    Path plan = Files.writeString(logs.resolve("x.jmx"), text);
    assertThatThrownBy(() -> run(Traffic.closed(plan, Map.of(), 1, 0, 1)))
        .isInstanceOf(GeneratorFailure.class)
        .hasMessageMatching(
            ".*x.jmx cannot be loaded: line 5: x \\(org.+\\): ClassNotFoundException: com.lmax.+");
  }

  @Test
  void aGeneratorThatDiesIsReportedWithItsLog() throws Exception {
    try (SlowServer server = new SlowServer(arrival -> arrival + MILLI);
        Generator mortal = start("mortal.log")) {
      Window killing =
          new Window() {
            @Override
            public void opens() {
              ProcessHandle.of(mortal.pid()).orElseThrow().destroyForcibly();
            }

            @Override
            public void closes() {}
          };

      assertThatThrownBy(() -> mortal.run(Traffic.closed(PAGE, at(server), 1, 0, 5), killing))
          .isInstanceOf(GeneratorFailure.class)
          .hasMessageContaining("The load generator died")
          .hasMessageContaining("log");
      assertThat(mortal.isAlive()).isFalse();
    }
  }

  @Test
  void itsOwnLimitIsMeasured() {
    Slice slice = generator.limit(PAGE, Map.of(), 16, 1);

    assertThat(slice.errors()).isZero();
    assertThat(slice.requests()).isPositive();
    assertThat(slice.generatorCpuSeconds()).isPositive();
  }

  /** An answer to HEAD has no body, and no answer to TLS is what a client would wait for. */
  @Test
  void theLimitOfAPlanIsMeasuredWithoutWaitingForWhatDoesNotCome() throws Exception {
    Path head =
        Files.writeString(logs.resolve("head.jmx"), Jmx.plan(1, 1, Jmx.http("HEAD", "/", "")));
    Path tls =
        Files.writeString(
            logs.resolve("tls.jmx"),
            Jmx.plan(1, 1, Jmx.getWith("/", Jmx.text("HTTPSampler.protocol", "https"))));
    Slice ofHead = generator.limit(head, Map.of(), 4, 0.5);
    Slice ofTls = generator.limit(tls, Map.of(), 4, 0.5);

    assertThat(ofHead.requests()).isGreaterThan(4);
    assertThat(ofHead.errors() + ofHead.unfinished()).isZero();
    assertThat(ofTls.unfinished()).isZero();
    assertThat(ofTls.unanswered()).isEqualTo(ofTls.requests());
  }
}
