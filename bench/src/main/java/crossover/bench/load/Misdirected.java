package crossover.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What to say when a plan's requests went to another server than the one measured. */
public final class Misdirected {
  private static final String VARIABLE =
      "Argument\\.name\">([^<]+)</stringProp>\\s*<stringProp name=\"Argument\\.value\">%s<";
  private static final String PROPERTY = "__(?:P|property)\\(([^,()]+),(?:[^,()]*,)?%s\\)";

  private Misdirected() {}

  /**
   * Where the requests of a slice went, and what to change; empty when all went where they should.
   *
   * @param arm the name of the arm measured
   */
  public static Optional<String> sentence(Path plan, String arm, Slice slice) {
    long lost = slice.elsewhere().values().stream().mapToLong(Long::longValue).sum();
    if (lost == 0) {
      return Optional.empty();
    }
    String where =
        slice.elsewhere().entrySet().stream()
            .map(to -> String.format(Locale.ROOT, "%d to %s", to.getValue(), to.getKey()))
            .collect(Collectors.joining(", "));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s of %s reached arm %s; it sent %s. %s",
            lost == slice.requests()
                ? "no request"
                : slice.requests() - lost + " of " + slice.requests() + " requests",
            plan.getFileName(),
            arm,
            where,
            advice(plan, slice.elsewhere().keySet())));
  }

  private static String advice(Path plan, Set<String> servers) {
    Map<String, String> mapped = new TreeMap<>();
    String text = text(plan);
    for (String server : servers) {
      int colon = server.lastIndexOf(':');
      names(text, server.substring(colon + 1)).forEach(name -> mapped.put(name, "'${port}'"));
      names(text, server.substring(0, colon)).forEach(name -> mapped.put(name, "'${host}'"));
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
  private static Set<String> names(String plan, String value) {
    Set<String> names = new TreeSet<>();
    for (String pattern : new String[] {VARIABLE, PROPERTY}) {
      Matcher found =
          Pattern.compile(String.format(Locale.ROOT, pattern, Pattern.quote(value))).matcher(plan);
      while (found.find()) {
        names.add(found.group(1).trim());
      }
    }
    return names;
  }

  private static String text(Path plan) {
    try {
      return Files.readString(plan, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
