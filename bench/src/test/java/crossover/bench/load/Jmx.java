package crossover.bench.load;

import java.util.Locale;

/** Writes JMeter plans, element by element, as JMeter 5.6.3 saves them. */
final class Jmx {
  private Jmx() {}

  /** A plan of one thread group. */
  static String plan(int users, int loops, String... children) {
    return file(group("ThreadGroup", users, loops, children));
  }

  /** A plan of these children. */
  static String file(String... children) {
    return document("TestPlan", "TestPlanGui", "", children);
  }

  /** A file of its own for an Include Controller. */
  static String fragment(String... children) {
    return document("TestFragmentController", "TestFragmentControllerGui", "", children);
  }

  private static String document(String type, String gui, String properties, String... children) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + "<jmeterTestPlan version=\"1.2\" properties=\"5.0\" jmeter=\"5.6.3\"><hashTree>\n"
        + element(type, gui, "root", properties, children)
        + "</hashTree></jmeterTestPlan>\n";
  }

  static String group(String type, int users, int loops, String... children) {
    return element(
        type,
        type + "Gui",
        type,
        number("ThreadGroup.num_threads", users)
            + number("ThreadGroup.ramp_time", 0)
            + flag("ThreadGroup.same_user_on_next_iteration", true)
            + flag("ThreadGroup.scheduler", false)
            + text("ThreadGroup.on_sample_error", "continue")
            + "<elementProp name=\"ThreadGroup.main_controller\" elementType=\"LoopController\""
            + " guiclass=\"LoopControlPanel\" testclass=\"LoopController\">"
            + number("LoopController.loops", loops)
            + flag("LoopController.continue_forever", false)
            + "</elementProp>",
        children);
  }

  static String element(String type, String gui, String name, String properties, String... below) {
    return String.format(
        Locale.ROOT,
        "<%s guiclass=\"%s\" testclass=\"%s\" testname=\"%s\" enabled=\"true\">%s</%1$s>%n"
            + "<hashTree>%s</hashTree>%n",
        type,
        gui,
        type,
        escaped(name),
        properties,
        String.join("", below));
  }

  /** An element that JMeter edits by its properties' names. */
  static String bean(String type, String name, String properties, String... below) {
    return element(type, "TestBeanGUI", name, properties, below);
  }

  static String text(String name, String value) {
    return String.format(
        Locale.ROOT, "<stringProp name=\"%s\">%s</stringProp>", name, escaped(value));
  }

  static String flag(String name, boolean value) {
    return String.format(Locale.ROOT, "<boolProp name=\"%s\">%s</boolProp>", name, value);
  }

  static String number(String name, int value) {
    return String.format(Locale.ROOT, "<intProp name=\"%s\">%d</intProp>", name, value);
  }

  static String real(String name, double value) {
    return String.format(
        Locale.ROOT,
        "<doubleProp><name>%s</name><value>%s</value><savedValue>0.0</savedValue></doubleProp>",
        name,
        value);
  }

  static String list(String name, String... items) {
    return String.format(
        Locale.ROOT,
        "<collectionProp name=\"%s\">%s</collectionProp>",
        name,
        String.join("", items));
  }

  static String part(String name, String type, String properties) {
    return String.format(
        Locale.ROOT,
        "<elementProp name=\"%s\" elementType=\"%s\">%s</elementProp>",
        name,
        type,
        properties);
  }

  private static String escaped(String value) {
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** GET of a path on the server of the run. */
  static String get(String path, String... below) {
    return get(path, "", below);
  }

  static String getWith(String path, String properties, String... below) {
    return http("GET", path, properties, below);
  }

  private static String get(String path, String properties, String[] below) {
    return http("GET", path, properties, below);
  }

  /** A request; of its properties the first of a name counts. */
  static String http(String method, String path, String properties, String... below) {
    String more = properties.contains("HTTPsampler.Arguments") ? "" : arguments();
    String server =
        properties.contains("HTTPSampler.domain")
            ? ""
            : text("HTTPSampler.domain", "${__P(host)}") + text("HTTPSampler.port", "${__P(port)}");
    String follow =
        properties.contains("redirects") ? "" : flag("HTTPSampler.follow_redirects", true);
    return element(
        "HTTPSamplerProxy",
        "HttpTestSampleGui",
        path,
        properties
            + more
            + server
            + follow
            + text("HTTPSampler.path", path)
            + text("HTTPSampler.method", method)
            + (properties.contains("keepalive") ? "" : flag("HTTPSampler.use_keepalive", true)),
        below);
  }

  /** A request's arguments: name, value, name, value, … */
  static String arguments(String... namesAndValues) {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      items.append(
          part(
              namesAndValues[i],
              "HTTPArgument",
              flag("HTTPArgument.always_encode", true)
                  + text("Argument.name", namesAndValues[i])
                  + text("Argument.value", namesAndValues[i + 1])
                  + text("Argument.metadata", "=")
                  + flag("HTTPArgument.use_equals", true)));
    }
    return part(
        "HTTPsampler.Arguments", "Arguments", list("Arguments.arguments", items.toString()));
  }

  static String variables(String... namesAndValues) {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      items.append(
          part(
              namesAndValues[i],
              "Argument",
              text("Argument.name", namesAndValues[i])
                  + text("Argument.value", namesAndValues[i + 1])
                  + text("Argument.metadata", "=")));
    }
    return element(
        "Arguments", "ArgumentsPanel", "variables", list("Arguments.arguments", items.toString()));
  }

  static String headers(String... namesAndValues) {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      items.append(
          part(
              "",
              "Header",
              text("Header.name", namesAndValues[i])
                  + text("Header.value", namesAndValues[i + 1])));
    }
    return element(
        "HeaderManager", "HeaderPanel", "headers", list("HeaderManager.headers", items.toString()));
  }

  /** A Groovy script in an element of this kind. */
  static String groovy(String type, String script, String... below) {
    return bean(
        type,
        type,
        text("scriptLanguage", "groovy") + text("script", script) + text("cacheKey", "true"),
        below);
  }

  static String controller(String type, String properties, String... below) {
    return element(type, type + "Gui", type, properties, below);
  }

  static String timer(String type, String... properties) {
    return element(type, type + "Gui", type, String.join("", properties));
  }

  static String assertion(String pattern) {
    return element(
        "ResponseAssertion",
        "AssertionGui",
        "assertion",
        list("Asserion.test_strings", text("1", pattern))
            + text("Assertion.test_field", "Assertion.response_data")
            + flag("Assertion.assume_success", false)
            + number("Assertion.test_type", 2));
  }
}
