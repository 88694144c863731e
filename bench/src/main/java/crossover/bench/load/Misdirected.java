package crossover.bench.load;

import static crossover.bench.text.Text.format;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What to say when a plan's requests went to another server than the one measured. */
public final class Misdirected {
  private static final String VARIABLE =
      "Argument\\.name\">([^<]+)</stringProp>\\s*<stringProp name=\"Argument\\.value\">%s<";
  private static final String PROPERTY = "__(?:P|property)\\(([^,()]+),(?:[^,()]*,)?%s\\)";

  /** Begins the name of where requests went that a proxy was asked for. */
  static final String PROXY = "the proxy ";

  private static final String PROXY_HOST = "HTTPSampler\\.proxyHost\">\\s*([^<\\s]+)\\s*<";

  private static final String NO_PROXY =
      "Remove it from the plan, and from its scripts: nothing may stand between the users and the"
          + " server.";

  private Misdirected() {}

  /**
   * Where the requests of a slice went, and what to change; empty when all went where they should.
   *
   * @param arm the name of the arm measured
   * @param counted whether its server counts its requests: then a proxy may lead to it
   */
  public static Optional<String> sentence(Path plan, String arm, Slice slice, boolean counted) {
    Map<String, Long> elsewhere = new TreeMap<>(slice.elsewhere());
    elsewhere.keySet().removeIf(to -> counted && to.startsWith(PROXY));
    long lost = elsewhere.values().stream().mapToLong(Long::longValue).sum();
    if (lost == 0) {
      return Optional.empty();
    }
    String where =
        elsewhere.entrySet().stream()
            .map(to -> format("%d to %s", to.getValue(), to.getKey()))
            .collect(Collectors.joining(", "));
    return Optional.of(
        sentence(
            slice.requests() - lost,
            slice.requests(),
            plan.getFileName().toString(),
            arm,
            "it sent " + where,
            elsewhere.keySet().stream().anyMatch(to -> to.startsWith(PROXY))
                ? NO_PROXY
                : advice(plan, elsewhere.keySet())));
  }

  /**
   * What to say where a server has not counted the requests that were answered in its name.
   *
   * @param plans those whose requests they are
   * @param arm the name of the arm measured
   * @param arrived what the arm's server has counted
   */
  public static String sentence(Collection<Path> plans, String arm, long sent, long arrived) {
    Set<String> proxies = new TreeSet<>();
    plans.forEach(plan -> proxies.addAll(names(text(plan), PROXY_HOST)));
    String all = sent - arrived + " were answered by ";
    return sentence(
        arrived,
        sent,
        plans.stream().map(p -> p.getFileName().toString()).collect(Collectors.joining(", ")),
        arm,
        all + (proxies.isEmpty() ? "something else" : PROXY + String.join(", ", proxies)),
        proxies.isEmpty()
            ? "Look for a proxy or a cache in the plan's scripts and in JMeter's user.properties."
            : NO_PROXY);
  }

  private static String sentence(
      long arrived, long sent, String plan, String arm, String where, String advice) {
    return format(
        "%s of %s reached arm %s; %s. %s",
        arrived <= 0 ? "no request" : arrived + " of " + sent + " requests",
        plan,
        arm,
        where,
        advice);
  }

  private static String advice(Path plan, Set<String> servers) {
    Map<String, String> mapped = new TreeMap<>();
    String text = text(plan);
    for (String server : servers) {
      int colon = server.lastIndexOf(':');
      namesOf(text, server.substring(colon + 1)).forEach(name -> mapped.put(name, "'${port}'"));
      namesOf(text, server.substring(0, colon)).forEach(name -> mapped.put(name, "'${host}'"));
    }
    return mapped.isEmpty()
        ? "Its host and port are fixed in the plan: put ${__P(host)} and ${__P(port)} there."
        : "Map its variables: `jmeter: {"
            + mapped.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", "))
            + "}`";
  }

  /** The variables and properties of a plan that have this value. */
  private static Set<String> namesOf(String plan, String value) {
    Set<String> names = new TreeSet<>();
    for (String pattern : new String[] {VARIABLE, PROPERTY}) {
      names.addAll(names(plan, String.format(Locale.ROOT, pattern, Pattern.quote(value))));
    }
    return names;
  }

  private static Set<String> names(String plan, String pattern) {
    return Pattern.compile(pattern)
        .matcher(plan)
        .results()
        .map(found -> found.group(1).trim())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String text(Path plan) {
    try {
      return Files.readString(plan, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
