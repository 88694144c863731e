package crossover.bench.cli;

import crossover.bench.results.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Compares a release with an equal one and with slower ones, each many times, as a user does, and
 * counts the outcomes. It takes the number of comparisons and the time of each, such as {@code 20
 * 10m}, which makes hours, and the beginning of a name where only some are wanted. docs/compare.md
 * has the command.
 */
final class PlantedRegressions {
  private record Pair(String name, String old, String candidate, String most) {}

  private static final List<Pair> PAIRS =
      List.of(
          new Pair("equal", TinyWar.working(100), TinyWar.working(100), "3%"),
          new Pair("3 to 4 % more CPU time", TinyWar.working(100), TinyWar.working(104), "0"),
          new Pair("a lock", TinyWar.waiting(""), TinyWar.waiting("synchronized (N)"), "3%"),
          new Pair("2 ms in one of ten", "", TinyWar.waitingOnceInTen(2), "3%"),
          new Pair("a longer loop", TinyWar.looping(100_000), TinyWar.looping(104_000), "0"));

  private PlantedRegressions() {}

  public static void main(String[] args) throws Exception {
    System.out.println("| the new release | limit | outcomes | ratios |");
    System.out.println("| --- | --- | --- | --- |");
    String wanted = args.length > 2 ? args[2] : "";
    for (Pair pair : PAIRS.stream().filter(p -> p.name().startsWith(wanted)).toList()) {
      Map<String, Integer> outcomes = new TreeMap<>();
      StringBuilder ratios = new StringBuilder();
      for (int run = 0; run < Integer.parseInt(args[0]); run++) {
        compare(pair, args[1], outcomes, ratios);
      }
      System.out.printf(
          Locale.ROOT, "| %s | %s | %s |%s |%n", pair.name(), pair.most(), outcomes, ratios);
    }
  }

  private static void compare(
      Pair pair, String time, Map<String, Integer> outcomes, StringBuilder ratios)
      throws Exception {
    Path temp = Files.createTempDirectory("planted");
    Path results = temp.resolve("results");
    List<String> command =
        List.of(
            "./crossover",
            "compare",
            TinyWar.write(temp.resolve("old.war"), pair.old()).toString(),
            TinyWar.write(temp.resolve("new.war"), pair.candidate()).toString(),
            "--plan=" + TinyWar.plan(temp.resolve("checkout.jmx")),
            "--at-most=" + time,
            "--max-slowdown=" + pair.most(),
            "--out=" + results);
    Process run =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("output").toFile())
            .start();
    outcomes.merge("status " + run.waitFor(), 1, Integer::sum);
    Path file = results.resolve("summary.json");
    if (!Files.exists(file)) {
      outcomes.merge("no summary", 1, Integer::sum);
      return;
    }
    JsonNode summary = Json.MAPPER.readTree(Files.readString(file));
    for (JsonNode limit : summary.path("limits")) {
      outcomes.merge(limit.path("outcome").asString(), 1, Integer::sum);
    }
    for (JsonNode c : summary.path("comparisons")) {
      if (c.path("primary").asBoolean()) {
        ratios.append(String.format(Locale.ROOT, " %.3f", c.path("ratio").asDouble()));
      }
    }
  }
}
