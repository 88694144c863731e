package crossover.bench.load;

import static crossover.bench.load.Jmx.bean;
import static crossover.bench.load.Jmx.element;
import static crossover.bench.load.Jmx.flag;
import static crossover.bench.load.Jmx.get;
import static crossover.bench.load.Jmx.getWith;
import static crossover.bench.load.Jmx.group;
import static crossover.bench.load.Jmx.plan;
import static crossover.bench.load.Jmx.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.experiment.UsageException;
import crossover.bench.stack.Installation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import kg.apc.jmeter.control.ParameterizedController;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlanCheckTest {
  private static final Installation HERE = Installation.find();
  private static final String BLAZEMETER =
      "com.blazemeter.jmeter.threads.concurrency.ConcurrencyThreadGroup";
  private static final String GET = get("/a");

  @TempDir Path folder;

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(plan(1, 1, GET).substring(0, 900), List.of("cannot be read from line 5 on")),
        Arguments.of("<html/>", List.of("is no JMeter plan: it begins with <html>")),
        Arguments.of(
            plan(1, 1, GET).replace("guiclass=\"HttpTestSampleGui\"", ""),
            List.of("cannot be read from line 5 on: <HTTPSamplerProxy> has no guiclass")),
        Arguments.of(
            plan(1, 1, GET).replaceFirst("<hashTree>(?=<HTTP)", "<Assertion guiclass=\"x\"/>$0"),
            List.of("cannot be read from line 5 on: JMeter reads an element, its <hashTree>")),
        Arguments.of(
            plan(1, 1, "<hashTree/>", GET),
            List.of("cannot be read from line 5 on: JMeter reads an element, its <hashTree>")),
        Arguments.of(
            plan(1, 1, GET).replaceAll("</?hashTree>", ""),
            List.of("cannot be read from line 3 on: a <hashTree> must be here")),
        Arguments.of(
            plan(1, 1, GET)
                .replaceFirst("(?s)<TestPlan.*?<hashTree>", "")
                .replaceFirst("</hashTree>\\s*</hashTree></jm", "</hashTree></jm"),
            List.of("has no Test Plan at its top")),
        Arguments.of(plan(1, 1), List.of("has no HTTP Request, and only these are measured")),
        Arguments.of(
            plan(1, 1, element("SoapSampler", "SoapSamplerGui", "soap", "")),
            List.of("has no HTTP Request, and only these are measured")),
        Arguments.of(
            plan(1, 1, GET).replace("testname=\"/a\" enabled=\"true\"", "enabled=\"false\""),
            List.of("has no HTTP Request that runs: 1 are disabled, or in a Test Fragment")),
        Arguments.of(
            Jmx.file(
                element("TestFragmentController", "x", "shared", "", GET),
                group("ThreadGroup", 1, 1)),
            List.of("has no HTTP Request that runs: 1 are disabled, or in a Test Fragment")),
        Arguments.of(
            plan(1, 1, GET, PlanCorpus.module("login", "Test Plan", "root", "renamed")),
            List.of("\"login\"", "names what is not in the plan: Test Plan > root > renamed")),
        Arguments.of(
            plan(1, 1, GET, PlanCorpus.module("login")),
            List.of("\"login\"", "names what is not in the plan: (empty). Choose its module")),
        Arguments.of(
            plan(1, 1, GET, PlanCorpus.module("login", "Test Plan", "root", "ThreadGroup")),
            List.of("\"login\"", "is within what it names: Test Plan > root > ThreadGroup")),
        Arguments.of(
            Jmx.file(group("SetupThreadGroup", 1, 1, GET)), List.of("has no enabled Thread Group")),
        Arguments.of(
            plan(1, 1, GET)
                .replace("<ThreadGroup ", "<ThreadGroup ")
                .replace("testname=\"ThreadGroup\" enabled=\"true\"", "enabled=\"false\""),
            List.of("has no enabled Thread Group")),
        Arguments.of(
            Jmx.file(element(BLAZEMETER, "x.Gui", "50 at once", "", GET)),
            List.of(": 50 at once (" + BLAZEMETER + "): ", "--plugins DIR, or replace")),
        Arguments.of(
            plan(1, 1, GET, element("kg.apc.jmeter.timers.Variable", "x.Gui", "pause", "")),
            List.of(": pause (kg.apc.jmeter.timers.Variable): ", "--plugins DIR")),
        Arguments.of(
            Jmx.file(element("OpenModelThreadGroup", "OpenModelThreadGroupGui", "open", "", GET)),
            List.of("\"open\"", "OpenModelThreadGroup", "has a schedule of its own")),
        Arguments.of(
            plan(
                1,
                1,
                GET,
                element(
                    "IncludeController",
                    "IncludeControllerGui",
                    "more",
                    text("IncludeController.includepath", "absent.jmx"))),
            List.of("\"more\"", "needs a file that is not there", "absent.jmx")),
        Arguments.of(
            plan(1, 1, PlanCorpus.upload("/up", "plan.jmx", "absent.bin")),
            List.of("\"/up\"", "needs a file that is not there", "absent.bin")),
        Arguments.of(
            plan(1, 1, GET, bean("JSR223PreProcessor", "pre", text("filename", "absent.groovy"))),
            List.of("\"pre\"", "needs a file that is not there", "absent.groovy")),
        Arguments.of(
            plan(
                1,
                1,
                GET,
                element(
                    "BeanShellSampler",
                    "x.Gui",
                    "shell",
                    text("BeanShellSampler.filename", "plan.jmx"))),
            List.of("\"shell\"", "needs a file that is not there", "plan.jmx")),
        Arguments.of(
            plan(1, 1, getWith("/a", text("HTTPSampler.proxyHost", "cache.test"))),
            List.of("\"/a\"", "sends its requests to the proxy cache.test", "remove the proxy")),
        Arguments.of(
            plan(1, 1, GET, csv("absent.csv", true, false)),
            List.of("needs a file that is not there", "absent.csv")),
        Arguments.of(
            plan(1, 1, GET, csv("plan.jmx", false, true)),
            List.of("\"users\"", "CSVDataSet", "set \"Recycle on EOF\" to True")),
        Arguments.of(
            Jmx.file(
                group("ThreadGroup", 1, 1, GET),
                group("ThreadGroup", 1, 1, GET),
                group("ThreadGroup", 1, 1, GET)),
            List.of("has 3 thread groups, and 2 users are too few")),
        Arguments.of(
            Jmx.file(group("ThreadGroup", 1, 1, GET), group("ThreadGroup", 1, 1, GET))
                .replace(
                    "</TestPlan>", flag("TestPlan.serialize_threadgroups", true) + "</TestPlan>"),
            List.of("runs its thread groups one after another")));
  }

  private static String csv(String file, boolean recycle, boolean stop) {
    return bean(
        "CSVDataSet",
        "users",
        text("filename", file) + flag("recycle", recycle) + flag("stopThread", stop));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatCannotBeMeasuredIsRefusedWithWhatToDo(String plan, List<String> says)
      throws IOException {
    Path file = Files.writeString(folder.resolve("plan.jmx"), plan);

    assertThatThrownBy(() -> check(file))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll(says.toArray(new String[0]))
        .hasMessageStartingWith(file.toString())
        .message()
        .doesNotContain("\n");
  }

  @Test
  void aPlanIsReadAsJMeterReadsIt() throws IOException {
    String plan = plan(1, 1, GET).replace("UTF-8", "UTF-16");
    Path file = Files.writeString(folder.resolve("plan.jmx"), plan, StandardCharsets.UTF_16);
    assertThatThrownBy(() -> check(file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is in UTF-16");
    check(Files.writeString(file, "\ufeff" + plan(1, 1, GET)));
    String latin = plan(1, 1, get("/ü")).replace("UTF-8", "ISO-8859-1");
    Files.writeString(file, latin, StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> check(file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is in ISO-8859-1, and JMeter reads UTF-8 alone: save it as UTF-8");
    check(Files.writeString(file, latin.replace("ü", "u")));
    check(Files.writeString(file, latin.replace("ISO-8859-1", "UTF8")));
    for (String unknown : List.of("CP-GR", "x-own")) {
      String declared = latin.replace("ISO-8859-1", unknown);
      check(Files.writeString(file, declared.replace("ü", "u")));
      Files.writeString(file, declared, StandardCharsets.ISO_8859_1);
      assertThatThrownBy(() -> check(file))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("is in " + unknown + ", and JMeter reads UTF-8 alone: save it as");
    }
    check(Files.writeString(file, latin.replace("ISO-8859-1", "x-own")));
    check(Files.writeString(file, plan(1, 1, get("/ü"))));
    String typed = "<!DOCTYPE jmeterTestPlan><!-- of 2009 --><jmeterTestPlan ";
    check(Files.writeString(file, plan(1, 1, GET).replace("<jmeterTestPlan ", typed)));
  }

  @Test
  void everyPlanOfAListIsChecked() throws IOException {
    Path good = Files.writeString(folder.resolve("good.jmx"), plan(1, 1, GET));
    Path bad = Files.writeString(folder.resolve("bad.jmx"), "<html/>");

    assertThatThrownBy(
            () ->
                PlanCheck.require(
                    List.of(good, bad),
                    OptionalInt.of(2),
                    0,
                    true,
                    HERE.jmeter(),
                    Optional.empty()))
        .hasMessageStartingWith(bad + " is no JMeter plan");
  }

  @Test
  void aClassInAPluginsFolderIsFound() throws Exception {
    Class<?> plugin = ParameterizedController.class;
    String element = element(plugin.getName(), plugin.getName() + "Gui", "plugin", "", GET);
    Path plan = Files.writeString(folder.resolve("plan.jmx"), plan(1, 1, element));
    Path jar = Path.of(plugin.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    Files.copy(jar, plugins.resolve("plugin.jar"));

    PlanCheck.require(
        List.of(plan), OptionalInt.of(2), 0, true, HERE.jmeter(), Optional.of(plugins));
    assertThatThrownBy(() -> check(plan)).hasMessageContaining("--plugins DIR");
  }

  static Stream<Arguments> faults() {
    String value = "<name>p</name><value>x</value><savedValue>0.0</savedValue>";
    String scopes = "<objProp><name>p</name><value class=\"%s\">%s</value></objProp>";
    return Stream.of(
        Arguments.of("<intProp name=\"p\">many</intProp>", "For input string: \"many\""),
        Arguments.of("<intProp name=\"p\"></intProp>", "For input string: \"\""),
        Arguments.of("<intProp name=\"p\">${users}</intProp>", "For input string: \"${users}\""),
        Arguments.of("<longProp name=\"p\">1.5</longProp>", "For input string: \"1.5\""),
        Arguments.of("<doubleProp>" + value + "</doubleProp>", "For input string: \"x\""),
        Arguments.of("<FloatProperty>" + value + "</FloatProperty>", "For input string: \"x\""),
        Arguments.of("<decimalProp name=\"p\">1</decimalProp>", "decimalProp"),
        Arguments.of("<mapProp name=\"p\"><boolProp>true</boolProp></mapProp>", "\"name\" is null"),
        Arguments.of("<collectionProp name=\"p\" class=\"no.List\"/>", "no.List"),
        Arguments.of("<elementProp name=\"p\" elementType=\"no.Type\"/>", "no.Type"),
        Arguments.of(
            "<elementProp name=\"o\" elementType=\"Argument\"><intProp name=\"p\">x</intProp>"
                + "</elementProp>",
            "For input string: \"x\""),
        Arguments.of(scopes.formatted("java.util.concurrent.TimeUnit", "YEARS"), "TimeUnit.YEARS"),
        Arguments.of(scopes.formatted("no.Value", ""), "no.Value"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whatJMeterCannotLoadIsToldWithItsLineElementAndProperty(String property, String reason)
      throws IOException {
    String other = "<intProp name=\"other\">1</intProp>" + flag("also", true);
    String plan = plan(1, 1, GET, get("/b"), getWith("/c", other + "\n" + property));
    Path file = Files.writeString(folder.resolve("plan.jmx"), plan);
    long line = plan.substring(0, plan.indexOf(property) + 1).lines().count();

    assertThatThrownBy(() -> check(file))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(
            file + " cannot be loaded: line " + line + ": /c (HTTPSamplerProxy), p: ")
        .hasMessageContaining(reason)
        .message()
        .doesNotContain("\n");
  }

  /** JMeter looks for it among its texts in the language at hand. */
  @Test
  void aConstantThatHasTheNameOfAnOldJMeterIsLoaded() throws IOException {
    String mode = text("calcMode", "all active threads");
    String timer = bean("ConstantThroughputTimer", "paced", mode);
    check(Files.writeString(folder.resolve("plan.jmx"), plan(1, 1, GET, timer)));
  }

  @Test
  void whatJMeterCannotLoadOfAnIncludedPlanIsToldOfThat() throws IOException {
    String fault = "<intProp name=\"p\">many</intProp>";
    Path part = Files.writeString(folder.resolve("part.jmx"), Jmx.fragment(getWith("/a", fault)));
    Path main = Files.writeString(folder.resolve("main.jmx"), including("part.jmx"));

    assertThatThrownBy(() -> check(main)).hasMessageStartingWith(part + " cannot be loaded: line ");
  }

  @Test
  void everyMachineHasAUserForEachThreadGroup() throws IOException {
    Path two =
        Files.writeString(
            folder.resolve("two.jmx"),
            Jmx.file(group("ThreadGroup", 1, 1, GET), group("ThreadGroup", 1, 1, GET)));
    Path one = Files.writeString(folder.resolve("one.jmx"), plan(1, 1, GET));

    check(two, 4, 2);
    check(one, 1, 2);
    assertThatThrownBy(() -> check(two, 3, 2))
        .hasMessageContaining("3 users on 2 machines are too few")
        .hasMessageContaining("ask for 4 or more");
  }

  @Test
  void whatAnIncludedPlanNeedsLiesBesideTheMainOne() throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    Files.writeString(folder.resolve("users.csv"), "a\n");
    Path part = Files.writeString(folder.resolve("sub/part.jmx"), included("users.csv"));
    Path main = Files.writeString(folder.resolve("main.jmx"), including("sub/part.jmx"));

    check(main);
    Files.writeString(folder.resolve("sub/other.csv"), "a\n");
    Files.writeString(part, included("other.csv"));
    assertThatThrownBy(() -> check(main)).hasMessageContaining(folder.resolve("other.csv") + "");
  }

  @Test
  void ofAnIncludedPlanItsFirstFragmentCountsAlone() throws IOException {
    String group = group("ThreadGroup", 1, 1, GET);
    String fragment = element("TestFragmentController", "x", "shared", "", GET);
    Path part = Files.writeString(folder.resolve("part.jmx"), Jmx.file(group, group, fragment));
    String including = including("part.jmx").replace(GET, "");
    Path main = Files.writeString(folder.resolve("main.jmx"), including);

    check(main, 1, 0);
    Files.writeString(part, Jmx.file(group));
    assertThatThrownBy(() -> check(main))
        .hasMessageContainingAll(
            "\"more\"", part + ", which has no Test Fragment: put its parts there");
  }

  @Test
  void aPlanThatIncludesItselfIsRefused() throws IOException {
    String fragment = including("main.jmx").replace("ThreadGroup", "TestFragmentController");
    Files.writeString(folder.resolve("main.jmx"), fragment);
    Path main = Files.writeString(folder.resolve("run.jmx"), including("main.jmx"));

    assertThatThrownBy(() -> check(main))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("which includes itself");
  }

  private static String including(String other) {
    return plan(
        1,
        1,
        GET,
        element(
            "IncludeController",
            "IncludeControllerGui",
            "more",
            text("IncludeController.includepath", other)));
  }

  private static String included(String csv) {
    return Jmx.fragment(csv(csv, true, false));
  }

  @Test
  void everyPlanOfTheCorpusPasses() throws IOException {
    for (PlanCorpus.Case plan : PlanCorpus.cases()) {
      Path file = folder.resolve("plan.jmx");
      for (var more : plan.files().entrySet()) {
        Files.createDirectories(folder.resolve(more.getKey()).getParent());
        Files.writeString(folder.resolve(more.getKey()), more.getValue());
      }
      check(Files.writeString(file, plan.plan()), plan.users(), 0);
    }
    assertThat(PlanCorpus.cases()).hasSizeGreaterThanOrEqualTo(60);
  }

  private static void check(Path plan) {
    check(plan, 2, 0);
  }

  private static void check(Path plan, int users, int machines) {
    check(plan, users, machines, HERE.jmeter());
  }

  private static void check(Path plan, int users, int machines, Path jmeter) {
    PlanCheck.require(
        List.of(plan), OptionalInt.of(users), machines, false, jmeter, Optional.empty());
  }
}
