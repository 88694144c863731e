package crossover.bench.load;

import static crossover.bench.load.Jmx.arguments;
import static crossover.bench.load.Jmx.assertion;
import static crossover.bench.load.Jmx.bean;
import static crossover.bench.load.Jmx.controller;
import static crossover.bench.load.Jmx.element;
import static crossover.bench.load.Jmx.flag;
import static crossover.bench.load.Jmx.get;
import static crossover.bench.load.Jmx.getWith;
import static crossover.bench.load.Jmx.groovy;
import static crossover.bench.load.Jmx.group;
import static crossover.bench.load.Jmx.headers;
import static crossover.bench.load.Jmx.http;
import static crossover.bench.load.Jmx.list;
import static crossover.bench.load.Jmx.number;
import static crossover.bench.load.Jmx.part;
import static crossover.bench.load.Jmx.plan;
import static crossover.bench.load.Jmx.real;
import static crossover.bench.load.Jmx.text;
import static crossover.bench.load.Jmx.timer;
import static crossover.bench.load.Jmx.variables;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Plans of JMeter's own elements, one kind each. */
final class PlanCorpus {
  /**
   * One plan.
   *
   * @param files what stands beside it, by relative path
   * @param users of all its thread groups
   * @param seconds for which the generator runs it: enough for all requests of the stock run
   * @param comparable from a request to what of it is no chance
   */
  record Case(
      String name,
      String plan,
      Map<String, String> files,
      int users,
      double seconds,
      UnaryOperator<String> comparable) {
    Case of(Map<String, String> more) {
      return new Case(name, plan, more, users, seconds, comparable);
    }

    Case users(int n) {
      return new Case(name, plan, files, n, seconds, comparable);
    }

    Case replacing(String part, String by) {
      return new Case(name, plan.replace(part, by), files, users, seconds, comparable);
    }

    Case seconds(double n) {
      return new Case(name, plan, files, users, n, comparable);
    }

    Case comparing(UnaryOperator<String> by) {
      return new Case(name, plan, files, users, seconds, by);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** What the home of JMeter has, for all of them. */
  static final String USER_PROPERTIES = "corpus.user=ann\nCookieManager.save.cookies=true\n";

  private static final List<Case> CASES = new ArrayList<>();

  private PlanCorpus() {}

  /** A plan of one user who goes through it three times. */
  private static Case one(String name, String... children) {
    return new Case(name, plan(1, 3, children), Map.of(), 1, 0.4, UnaryOperator.identity());
  }

  private static void simple(String name, String... children) {
    CASES.add(one(name, children));
  }

  /** A plan of one user in all, with these children. */
  private static Case whole(String name, String... children) {
    return new Case(name, Jmx.file(children), Map.of(), 1, 0.4, UnaryOperator.identity());
  }

  static List<Case> cases() {
    if (CASES.isEmpty()) {
      requests();
      managers();
      data();
      controllers();
      scripts();
      extractors();
      assertions();
      timers();
      groups();
    }
    return CASES;
  }

  private static void requests() {
    simple("query", http("GET", "/q", arguments("a", "1 2", "b", "ä&=")));
    simple("form", http("POST", "/f", arguments("text", "a b", "n", "é")));
    simple(
        "raw body",
        http(
            "PUT",
            "/raw",
            flag("HTTPSampler.postBodyRaw", true)
                + part(
                    "HTTPsampler.Arguments",
                    "Arguments",
                    list(
                        "Arguments.arguments",
                        part(
                            "",
                            "HTTPArgument",
                            flag("HTTPArgument.always_encode", false)
                                + text("Argument.value", "{\"n\": ${__counter(FALSE,)}}")
                                + text("Argument.metadata", "=")))),
            headers("Content-Type", "application/json")));
    simple(
        "multipart",
        http(
            "POST",
            "/m",
            arguments("a", "1", "b", "2") + flag("HTTPSampler.DO_MULTIPART_POST", true)));
    CASES.add(
        one("upload", upload("/up", "data/up.txt"))
            .of(Map.of("data/up.txt", "content of the file\n")));
    simple("redirect followed", get("/redirect"));
    simple(
        "redirect left to the client",
        getWith("/redirect", flag("HTTPSampler.auto_redirects", true)));
    simple(
        "redirect not followed", getWith("/redirect", flag("HTTPSampler.follow_redirects", false)));
    simple("embedded resources", getWith("/page", flag("HTTPSampler.image_parser", true)));
    simple(
        "a connection for each request", getWith("/k", flag("HTTPSampler.use_keepalive", false)));
    simple("the JDK's client", getWith("/java", text("HTTPSampler.implementation", "Java")));
    simple(
        "other methods", http("DELETE", "/d", ""), http("HEAD", "/h", ""), http("PATCH", "/p", ""));
  }

  /** POST of files, and of an argument. */
  static String upload(String path, String... files) {
    String[] parts =
        Stream.of(files)
            .map(
                file ->
                    part(
                        file,
                        "HTTPFileArg",
                        text("File.path", file)
                            + text("File.paramname", "file")
                            + text("File.mimetype", "text/plain")))
            .toArray(String[]::new);
    String all = part("HTTPsampler.Files", "HTTPFileArgs", list("HTTPFileArgs.files", parts));
    return http("POST", path, all + arguments("a", "1"));
  }

  private static String defaults(String... namesAndValues) {
    return element(
        "ConfigTestElement",
        "HttpDefaultsGui",
        "defaults",
        arguments(namesAndValues)
            + text("HTTPSampler.path", "/default")
            + text("HTTPSampler.contentEncoding", "UTF-8"));
  }

  private static void managers() {
    simple("defaults", defaults("d", "1"), http("GET", "", ""), get("/own", defaults("e", "2")));
    simple(
        "defaults that count",
        defaults("n", "${__counter(FALSE,)}"),
        get("/own", defaults("d", "1")),
        get("/other"));
    simple(
        "defaults further away than a simple config",
        defaults(),
        element(
            "GenericController",
            "LogicControllerGui",
            "near",
            "",
            element("ConfigTestElement", "SimpleConfigGui", "c", text("HTTPSampler.path", "/near")),
            http("GET", "", "")));
    simple(
        "headers on two levels",
        headers("X-Outer", "o", "X-Both", "outer"),
        get("/x", headers("X-Inner", "i", "X-Both", "inner")));
    simple(
        "cookies",
        element("CookieManager", "CookiePanel", "cookies", list("CookieManager.cookies")),
        get("/login"),
        get("/mine"));
    simple(
        "properties of the user",
        element("CookieManager", "CookiePanel", "cookies", list("CookieManager.cookies")),
        get("/login"),
        get("/${__P(corpus.user,nobody)}?${COOKIE_id}"));
    simple(
        "cookies for one iteration",
        element(
            "CookieManager",
            "CookiePanel",
            "cookies",
            list("CookieManager.cookies") + flag("CookieManager.clearEachIteration", true)),
        get("/mine"),
        get("/login"));
    simple(
        "cache",
        element(
            "CacheManager",
            "CacheManagerGui",
            "cache",
            flag("clearEachIteration", false) + flag("useExpires", true)),
        get("/fresh"),
        get("/etag"),
        get("/other"));
    simple(
        "basic authorization",
        element(
            "AuthManager",
            "AuthPanel",
            "auth",
            list(
                "AuthManager.auth_list",
                part(
                    "",
                    "Authorization",
                    text("Authorization.url", "http://127.0.0.1:${__P(port)}/")
                        + text("Authorization.username", "u")
                        + text("Authorization.password", "p")
                        + text("Authorization.mechanism", "BASIC")))),
        get("/secret"));
    simple(
        "DNS",
        element(
            "DNSCacheManager",
            "DNSCachePanel",
            "dns",
            list("DNSCacheManager.servers")
                + list(
                    "DNSCacheManager.hosts",
                    part(
                        "shop.test",
                        "StaticHost",
                        text("StaticHost.Name", "shop.test")
                            + text("StaticHost.Address", "127.0.0.1")))
                + flag("DNSCacheManager.isCustomResolver", true)),
        getWith(
            "/dns",
            text("HTTPSampler.domain", "shop.test") + text("HTTPSampler.port", "${__P(port)}")));
  }

  private static void data() {
    String csv =
        text("filename", "data.csv")
            + text("delimiter", ",")
            + flag("recycle", true)
            + flag("stopThread", false)
            + text("shareMode", "shareMode.all");
    CASES.add(
        one("csv", bean("CSVDataSet", "csv", csv), get("/csv?n=${name}&i=${id}"))
            .of(Map.of("data.csv", "name,id\nann,1\nbob,2\n")));
    simple("variables", variables("a", "1", "b", "${__V(a)}2"), get("/v?a=${a}"));
    simple(
        "user parameters",
        get(
            "/up?p=${p}",
            element(
                "UserParameters",
                "UserParametersGui",
                "parameters",
                list("UserParameters.names", text("1", "p"))
                    + list("UserParameters.thread_values", list("1", text("1", "first user's")))
                    + flag("UserParameters.per_iteration", true))));
    simple(
        "counter",
        element(
            "CounterConfig",
            "CounterConfigGui",
            "counter",
            text("CounterConfig.start", "5")
                + text("CounterConfig.end", "6")
                + text("CounterConfig.incr", "1")
                + text("CounterConfig.name", "c")
                + text("CounterConfig.format", "000")
                + flag("CounterConfig.per_user", true)),
        get("/c/${c}"));
    simple(
        "random variable",
        bean(
            "RandomVariableConfig",
            "random",
            text("variableName", "r")
                + text("minimumValue", "1")
                + text("maximumValue", "1000000")
                + text("randomSeed", "4711")
                + flag("perThread", true)),
        get("/r/${r}"));
    simple(
        "counting functions",
        variables("fixed", "${__counter(FALSE,)}"),
        get("/n/${fixed}/${__counter(TRUE,)}/${__threadGroupName}/${__eval(${fixed}x)}"));
    simple(
        "functions",
        get("/f/${__intSum(1,2)}/${__threadNum}/${__P(absent,d)}/${__BeanShell(1+2)}"));
  }

  private static void controllers() {
    simple("once only", controller("OnceOnlyController", "", get("/login")), get("/again"));
    simple(
        "if",
        controller(
            "IfController",
            text("IfController.condition", "${__jexl3(${__iterationNum} == 2)}")
                + flag("IfController.useExpression", true),
            get("/second")),
        get("/each"));
    simple(
        "while",
        variables("left", "x"),
        controller(
            "WhileController",
            text("WhileController.condition", "${__groovy(vars.get('n') != '3')}"),
            get(
                "/w",
                groovy(
                    "JSR223PostProcessor",
                    "vars.put('n', String.valueOf(((vars.get('n') ?: '0') as int) + 1))"))),
        get("/done", groovy("JSR223PostProcessor", "vars.put('n', '0')")));
    simple(
        "for each",
        variables("v_1", "a", "v_2", "b"),
        element(
            "ForeachController",
            "ForeachControlPanel",
            "each",
            text("ForeachController.inputVal", "v")
                + text("ForeachController.returnVal", "it")
                + flag("ForeachController.useSeparator", true),
            get("/each/${it}")));
    simple(
        "switch",
        variables("s", "two"),
        controller(
            "SwitchController", text("SwitchController.value", "${s}"), get("one"), get("two")));
    simple(
        "loop",
        element(
            "LoopController",
            "LoopControlPanel",
            "loop",
            flag("LoopController.continue_forever", true) + text("LoopController.loops", "2"),
            get("/in")),
        get("/out"));
    simple(
        "interleave",
        element(
            "InterleaveControl",
            "InterleaveControlGui",
            "interleave",
            number("InterleaveControl.style", 1),
            get("/i1"),
            get("/i2")),
        get("/both"));
    CASES.add(
        one(
                "random",
                element(
                    "RandomController",
                    "RandomControlGui",
                    "random",
                    number("InterleaveControl.style", 1),
                    get("/any1"),
                    get("/any2")),
                get("/then"))
            .comparing(request -> request.replaceAll("any\\d", "any")));
    CASES.add(
        one(
                "random order",
                controller("RandomOrderController", "", get("/any1"), get("/any2")),
                get("/then"))
            .comparing(request -> request.replaceAll("any\\d", "any")));
    simple(
        "throughput",
        controller(
            "ThroughputController",
            number("ThroughputController.style", 1)
                + flag("ThroughputController.perThread", true)
                + number("ThroughputController.maxThroughput", 1)
                + "<FloatProperty><name>ThroughputController.percentThroughput</name><value>50.0</value><savedValue>0.0</savedValue></FloatProperty>",
            get("/half")),
        get("/each"));
    CASES.add(
        one(
                "runtime",
                element(
                    "RunTime",
                    "RunTimeGui",
                    "runtime",
                    text("RunTime.seconds", "1"),
                    get("/while")),
                get("/after"))
            .seconds(5)
            .comparing(request -> request.contains("/while") ? null : request));
    simple(
        "transaction",
        get("/a"),
        transaction(false, get("/b"), transaction(false, get("/c"))),
        get("/d"));
    simple("transaction as parent", get("/a"), transaction(true, get("/b"), get("/c")));
    simple(
        "critical section",
        controller(
            "CriticalSectionController",
            text("CriticalSectionController.lockName", "l"),
            get("/one")));
    CASES.add(
        new Case(
            "critical section of three",
            plan(
                3,
                3,
                controller(
                    "CriticalSectionController",
                    text("CriticalSectionController.lockName", "l"),
                    get("/one?u=${__threadNum}"),
                    get("/two?u=${__threadNum}"))),
            Map.of(),
            3,
            1,
            UnaryOperator.identity()));
    simple(
        "simple controller",
        element("GenericController", "LogicControllerGui", "simple", "", get("/in")));
    CASES.add(
        one(
                "include",
                get("/a"),
                controller(
                    "IncludeController", text("IncludeController.includepath", "parts/b.jmx")))
            .of(Map.of("parts/b.jmx", Jmx.fragment(get("/included", headers("X-In", "1"))))));
    String fragment =
        fragment("shared", get("/shared?v=${v}"), module("m", "Test Plan", "root", "in"));
    CASES.add(
        one(
                "include of a plan with a group of its own",
                get("/a"),
                controller("IncludeController", text("IncludeController.includepath", "other.jmx")))
            .of(
                Map.of(
                    "other.jmx",
                    Jmx.file(
                        group("ThreadGroup", 9, 9, get("/never")),
                        fragment("first", get("/included"), off(get("/never"))),
                        fragment("second", get("/never"))))));
    CASES.add(
        whole(
            "module, and a module in it",
            fragment("in", get("/in")),
            fragment,
            group("ThreadGroup", 1, 3, get("/a"), module("m", "Test Plan", "root", "shared"))));
    CASES.add(
        whole(
            "module that is in a disabled group, and nothing else",
            off(
                element(
                    "ThreadGroup",
                    "ThreadGroupGui",
                    "parts",
                    "",
                    controller("OnceOnlyController", "", get("/once")),
                    element(
                        "GenericController",
                        "LogicControllerGui",
                        "login",
                        "",
                        get("/in"),
                        get("/on")))),
            group("ThreadGroup", 1, 3, module("m", "Test Plan", "root", "parts", "login"))));
    simple(
        "flow control",
        get("/a"),
        element(
            "TestAction",
            "TestActionGui",
            "next",
            number("ActionProcessor.action", 5)
                + number("ActionProcessor.target", 0)
                + text("ActionProcessor.duration", "0")),
        get("/never"));
    simple(
        "next iteration after an error",
        get(
            "/broken",
            element("ResultAction", "ResultActionGui", "on error", number("OnError.action", 4))),
        get("/never"));
    String group = plan(1, 3, get("/a"), get("/broken"), get("/never"));
    CASES.add(
        new Case(
            "next iteration after an error, by the thread group",
            group.replace(">continue<", ">startnextloop<"),
            Map.of(),
            1,
            0.4,
            UnaryOperator.identity()));
  }

  private static String fragment(String name, String... below) {
    return element("TestFragmentController", "TestFragmentControllerGui", name, "", below);
  }

  /** Runs what stands at the end of a path of names. */
  static String module(String name, String... path) {
    String[] names = Stream.of(path).map(step -> text(step, step)).toArray(String[]::new);
    return element(
        "ModuleController", "ModuleControllerGui", name, list("ModuleController.node_path", names));
  }

  private static String off(String element) {
    return element.replaceFirst("enabled=\"true\"", "enabled=\"false\"");
  }

  private static String transaction(boolean parent, String... below) {
    return controller(
        "TransactionController",
        flag("TransactionController.parent", parent)
            + flag("TransactionController.includeTimers", false),
        below);
  }

  private static void scripts() {
    simple(
        "groovy before a request",
        get(
            "/g",
            headers("X-First", "1"),
            groovy(
                "JSR223PreProcessor",
                "sampler.getHeaderManager().add(new org.apache.jmeter.protocol.http.control.Header('X-Script', '2'))\n"
                    + "sampler.addArgument('n', sampler.getPath())")));
    simple(
        "groovy after a request",
        get(
            "/g",
            groovy(
                "JSR223PostProcessor",
                "vars.put('code', prev.getResponseCode()); props.put('seen', prev.getUrlAsString())")),
        get("/next/${code}/${__groovy(props.get('seen').substring(0\\,4))}"));
    simple("groovy sampler", groovy("JSR223Sampler", "vars.put('v', 'set')"), get("/g/${v}"));
    simple(
        "groovy listener",
        get("/g/${heard}", groovy("JSR223Listener", "vars.put('heard', 'yes')")));
    simple(
        "beanshell",
        get(
            "/b",
            element(
                "BeanShellPreProcessor",
                "TestBeanGUI",
                "shell",
                text("script", "sampler.addArgument(\"shell\", \"1\");"))));
    simple(
        "debug",
        element("DebugSampler", "TestBeanGUI", "debug", flag("displayJMeterVariables", true)),
        get("/d", bean("DebugPostProcessor", "debug", "")));
  }

  private static void extractors() {
    simple(
        "regex",
        get(
            "/page",
            element(
                "RegexExtractor",
                "RegexExtractorGui",
                "regex",
                text("RegexExtractor.refname", "t")
                    + text("RegexExtractor.regex", "token=(\\w+);")
                    + text("RegexExtractor.template", "$1$")
                    + text("RegexExtractor.match_number", "1"))),
        get("/t/${t}"));
    simple(
        "regex user parameters",
        get(
            "/page",
            element(
                "RegexExtractor",
                "RegexExtractorGui",
                "regex",
                text("RegexExtractor.refname", "f")
                    + text("RegexExtractor.regex", "name=\"(\\w+)\" value=\"([^\"]+)\"")
                    + text("RegexExtractor.template", "$1$")
                    + text("RegexExtractor.match_number", "-1"))),
        http(
            "GET",
            "/send",
            arguments("SID", "none"),
            element(
                "RegExUserParameters",
                "RegExUserParametersGui",
                "parameters",
                text("RegExUserParameters.regex_ref_name", "f")
                    + text("RegExUserParameters.param_names_gr_nr", "1")
                    + text("RegExUserParameters.param_values_gr_nr", "2"))));
    simple(
        "json",
        get(
            "/json",
            element(
                "JSONPostProcessor",
                "JSONPostProcessorGui",
                "json",
                text("JSONPostProcessor.referenceNames", "n")
                    + text("JSONPostProcessor.jsonPathExprs", "$.names[1]")
                    + text("JSONPostProcessor.match_numbers", "1"))),
        get("/n/${n}"));
    simple(
        "jmespath",
        get(
            "/json",
            element(
                "JMESPathExtractor",
                "JMESPathExtractorGui",
                "jmes",
                text("JMESExtractor.referenceName", "n")
                    + text("JMESExtractor.jmesPathExpr", "names[2]")
                    + text("JMESExtractor.matchNumber", "1"))),
        get("/n/${n}"));
    simple(
        "xpath",
        get(
            "/xml",
            element(
                "XPath2Extractor",
                "XPath2ExtractorGui",
                "xpath",
                text("XPathExtractor2.refname", "x")
                    + text("XPathExtractor2.xpathQuery", "/r/id/text()")
                    + text("XPathExtractor2.matchNumber", "1"))),
        get("/x/${x}"));
    simple(
        "xpath of earlier versions",
        get(
            "/xml",
            element(
                "XPathExtractor",
                "XPathExtractorGui",
                "xpath",
                text("XPathExtractor.refname", "x")
                    + text("XPathExtractor.xpathQuery", "/r/id/text()"))),
        get("/x/${x}"));
    simple(
        "boundary",
        get(
            "/page",
            element(
                "BoundaryExtractor",
                "BoundaryExtractorGui",
                "boundary",
                text("BoundaryExtractor.refname", "t")
                    + text("BoundaryExtractor.lboundary", "token=")
                    + text("BoundaryExtractor.rboundary", ";")
                    + text("BoundaryExtractor.match_number", "1"))),
        get("/t/${t}"));
    simple(
        "css",
        get(
            "/page",
            element(
                "HtmlExtractor",
                "HtmlExtractorGui",
                "css",
                text("HtmlExtractor.refname", "d")
                    + text("HtmlExtractor.expr", "p")
                    + text("HtmlExtractor.attribute", "data-id")
                    + text("HtmlExtractor.match_number", "1"))),
        get("/d/${d}"));
    simple(
        "url rewriting",
        get("/page"),
        http(
            "GET",
            "/send",
            "",
            element(
                "URLRewritingModifier",
                "URLRewritingModifierGui",
                "rewriting",
                text("argument_name", "SID")
                    + flag("path_extension", false)
                    + flag("cache_value", true))));
    simple(
        "links",
        get("/page"),
        get("/li.*", element("AnchorModifier", "AnchorModifierGui", "links", "")));
  }

  /** What a failed assertion does to the next request: all elements of the kind are alike in it. */
  private static void assertions() {
    String[][] kinds = {
      {"response assertion", assertion("not there")},
      {
        "size assertion",
        element(
            "SizeAssertion",
            "SizeAssertionGui",
            "size",
            text("SizeAssertion.size", "1")
                + number("SizeAssertion.operator", 1)
                + text("Assertion.test_field", "SizeAssertion.response_network_size"))
      },
      {
        "duration assertion",
        element(
            "DurationAssertion",
            "DurationAssertionGui",
            "duration",
            text("DurationAssertion.duration", "60000"))
      },
      {
        "json assertion",
        element(
            "JSONPathAssertion",
            "JSONPathAssertionGui",
            "json",
            text("JSON_PATH", "$.absent")
                + flag("JSONVALIDATION", false)
                + flag("EXPECT_NULL", false)
                + flag("INVERT", false))
      },
      {
        "xpath assertion",
        element(
            "XPathAssertion",
            "XPathAssertionGui",
            "xpath",
            text("XPath.xpath", "//absent") + flag("XPath.negate", false))
      },
      {
        "groovy assertion",
        groovy(
            "JSR223Assertion",
            "AssertionResult.setFailure(vars.get('failed') == null)\nvars.put('failed', '1')")
      },
      {
        "jmespath assertion",
        element(
            "JMESPathAssertion",
            "JMESPathAssertionGui",
            "jmespath",
            text("JMES_PATH", "absent") + flag("JSONVALIDATION", true))
      },
      {
        "xpath2 assertion",
        element(
            "XPath2Assertion",
            "XPath2AssertionGui",
            "xpath2",
            text("XPath.xpath", "//absent") + flag("XPath.negate", false))
      },
      {"xml assertion", element("XMLAssertion", "XMLAssertionGui", "xml", "")},
      {
        "html assertion",
        element("HTMLAssertion", "HTMLAssertionGui", "html", text("html_assertion_doctype", "omit"))
      },
      {
        "beanshell assertion",
        element(
            "BeanShellAssertion",
            "BeanShellAssertionGui",
            "shell",
            text("BeanShellAssertion.query", "Failure = true;"))
      },
      {
        "md5 assertion",
        element("MD5HexAssertion", "MD5HexAssertionGUI", "md5", text("MD5HexAssertion.size", "00"))
      },
    };
    for (String[] kind : kinds) {
      simple(kind[0], get("/xml", kind[1]), get("/ok/${JMeterThread.last_sample_ok}"));
    }
  }

  private static void timers() {
    for (String timer :
        List.of(
            timer("ConstantTimer", text("ConstantTimer.delay", "50")),
            element(
                "GaussianRandomTimer",
                "GaussianRandomTimerGui",
                "gaussian",
                text("ConstantTimer.delay", "30") + text("RandomTimer.range", "5.0")),
            element(
                "UniformRandomTimer",
                "UniformRandomTimerGui",
                "uniform",
                text("ConstantTimer.delay", "30") + text("RandomTimer.range", "5.0")),
            element(
                "PoissonRandomTimer",
                "PoissonRandomTimerGui",
                "poisson",
                text("ConstantTimer.delay", "30") + text("RandomTimer.range", "5")),
            groovy("JSR223Timer", "return 20"),
            bean(
                "PreciseThroughputTimer",
                "precise throughput",
                real("throughput", 50)
                    + number("throughputPeriod", 1)
                    + text("duration", "60").replace("stringProp", "longProp")
                    + number("batchSize", 1)
                    + number("batchThreadDelay", 0)
                    + real("allowedThroughputSurplus", 1)
                    + text("randomSeed", "7").replace("stringProp", "longProp")),
            bean(
                "ConstantThroughputTimer",
                "constant throughput",
                number("calcMode", 0) + real("throughput", 3000)))) {
      CASES.add(
          one("timer: " + timer.substring(1, timer.indexOf(' ')), get("/a", timer), get("/b"))
              .seconds(1));
    }
    for (int users : List.of(2, 3)) {
      CASES.add(
          new Case(
              "timer: synchronizing two of " + users,
              plan(
                  users,
                  3,
                  bean(
                      "SyncTimer",
                      "sync",
                      number("groupSize", 2)
                          + text("timeoutInMs", "500").replace("stringProp", "longProp")),
                  get("/s?u=${__threadNum}")),
              Map.of(),
              users,
              2,
              UnaryOperator.identity()));
    }
  }

  private static void groups() {
    CASES.add(
        new Case(
            "thread groups without requests",
            Jmx.file(
                group("ThreadGroup", 3, 3, get("/first?u=${__threadNum}")),
                group("ThreadGroup", 2, 3, element("DebugSampler", "TestBeanGUI", "debug", "")),
                group("ThreadGroup", 2, 3)),
            Map.of(),
            3,
            1,
            UnaryOperator.identity()));
    CASES.add(
        whole(
            "more thread groups than users, but one that asks",
            group("ThreadGroup", 1, 1, element("DebugSampler", "TestBeanGUI", "debug", "")),
            group("ThreadGroup", 1, 3, get("/asks")),
            group("ThreadGroup", 0, 1, get("/never")),
            group("ThreadGroup", 1, 1)));
    CASES.add(
        new Case(
            "two thread groups",
            Jmx.file(
                group("ThreadGroup", 1, 3, get("/first?u=1")),
                group("ThreadGroup", 2, 3, get("/second?u=${__intSum(1,${__threadNum})}"))),
            Map.of(),
            3,
            0.4,
            UnaryOperator.identity()));
    CASES.add(
        new Case(
            "setUp",
            Jmx.file(
                group(
                    "SetupThreadGroup",
                    1,
                    1,
                    get("/setup", groovy("JSR223PostProcessor", "props.put('made', 'yes')"))),
                group("ThreadGroup", 1, 3, get("/main/${__P(made)}"))),
            Map.of(),
            1,
            0.4,
            UnaryOperator.identity()));
    CASES.add(
        new Case(
            TEAR_DOWN,
            Jmx.file(
                group("ThreadGroup", 1, 3, get("/main")),
                group("PostThreadGroup", 1, 2, get("/teardown"))),
            Map.of(),
            1,
            0.4,
            UnaryOperator.identity()));
  }

  /** Plans that end by themselves, or begin otherwise than all at once. */
  static List<Case> planned() {
    String serially = flag("TestPlan.serialize_threadgroups", true) + "</TestPlan>";
    String late = flag("ThreadGroup.delayedStart", true) + number("ThreadGroup.ramp_time", 600);
    String csv =
        text("filename", "data.csv")
            + text("delimiter", ";")
            + text("variableNames", "a,b")
            + flag("quotedData", true)
            + flag("recycle", false)
            + flag("stopThread", true)
            + text("shareMode", "shareMode.all");
    return List.of(
        one(
                "data that ends its users",
                bean("CSVDataSet", "csv", csv),
                get("/q?a=${a}&b=${__urlencode(${b})}"))
            .of(Map.of("data.csv", "1;\"two; \"\"2\"\"\"\n3;4\n")),
        whole(
                "thread groups one after another",
                group("ThreadGroup", 1, 3, get("/first?u=1")),
                group("ThreadGroup", 2, 1, get("/second?u=${__intSum(1,${__threadNum})}")))
            .replacing("</TestPlan>", serially)
            .users(3),
        whole(
                "a test that ends before its second group",
                group("ThreadGroup", 1, 2, get("/broken")),
                group("ThreadGroup", 2, 1, get("/never")))
            .replacing("</TestPlan>", serially)
            .replacing(">continue<", ">stoptest<")
            .users(3),
        whole("a test that ends before all have begun", group("ThreadGroup", 9, 2, get("/broken")))
            .replacing(">continue<", ">stoptest<")
            .replacing(number("ThreadGroup.ramp_time", 0), late)
            .users(9),
        whole(
                "users who end one by one",
                group("ThreadGroup", 2, 3, get("/broken?u=${__threadNum}")))
            .replacing(">continue<", ">stopthread<")
            .users(2),
        whole(
                "setUp that sets the loops",
                group("SetupThreadGroup", 1, 1, groovy("JSR223Sampler", "props.put('loops', '2')")),
                group("ThreadGroup", 1, 7, get("/main")))
            .replacing(
                number("LoopController.loops", 7),
                text("LoopController.loops", "${__P(loops,7)}")));
  }

  /** Of this one the last requests are compared, too. */
  static final String TEAR_DOWN = "tearDown";
}
