package crossover.bench.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The experiment of {@code crossover compare}, as it stands on a command line. A word is {@code
 * key=value}, where the key is one of an arm in an experiment file; {@code settings.NAME=VALUE}
 * sets one entry of a mapping, and another key that stands twice makes a list.
 *
 * @param wars none, one for both arms, or one each
 * @param both words of both arms
 * @param first words of the first arm, which is the baseline
 * @param second words of the other arm
 * @param plans as an experiment file names them
 * @param users levels of load; empty: the default
 * @param atMost the time that all of it may take
 * @param p99 whether a p99 must be named however few rounds fit
 */
public record TwoArms(
    List<Path> wars,
    List<String> both,
    List<String> first,
    List<String> second,
    List<Path> plans,
    List<Integer> users,
    String atMost,
    boolean p99) {
  /**
   * The rest of the time is for starting the first servers and the generator, and for reporting.
   */
  private static final double SHARE_OF_ROUNDS = 0.9;

  /** Rounds take longer: the time limit ends a run, and not their number. */
  private static final int FEWEST_SECONDS_OF_ROUND = 10;

  /**
   * In four rounds: after ten a p99 is named, and an application of 20 requests/s is not too slow.
   */
  private static final int LATENCY_REQUESTS = 4_000;

  /** Refuses more WARs than arms. */
  public TwoArms {
    if (wars.size() > 2) {
      throw new UsageException("two WARs at the most can be compared, and not " + wars);
    }
  }

  private static void requireDifferent(Map<String, Object> one, Map<String, Object> other) {
    Map<String, Object> same = new LinkedHashMap<>(one);
    same.put("name", other.get("name"));
    try {
      if (one.get("war") instanceof String war
          && other.get("war") instanceof String another
          && Files.isSameFile(Path.of(war), Path.of(another))) {
        same.put("war", another);
      }
    } catch (IOException e) {
      // A file that is missing is refused as an arm's.
    }
    if (same.equals(other)) {
      throw new UsageException(
          "there is nothing to compare, for both arms are the same: name two WARs, or one and"
              + " what differs, such as --a java=17 --b java=25");
    }
  }

  /**
   * As a definition.
   *
   * @throws UsageException naming the option and the key, when anything cannot be used
   */
  public Definition definition(Path ownPlans) {
    List<String> names = names();
    Map<String, Object> baseline = arm(0, names, first);
    Map<String, Object> other = arm(1, names, second);
    requireDifferent(baseline, other);
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("experiment", "compare");
    keys.put("question", "Is " + other.get("name") + " slower than " + baseline.get("name") + "?");
    keys.put("arms", List.of(baseline, other));
    keys.put("plans", plans.stream().map(Path::toString).toList());
    if (!users.isEmpty()) {
      keys.put("users", users);
    }
    Duration limit = timeLimit();
    long rounds = limit.toSeconds() / FEWEST_SECONDS_OF_ROUND / 2 * 2;
    keys.put("rounds", Math.max(40, Math.min(Range.ROUNDS.max(), rounds)));
    keys.put("time-limit", Scalars.text(limit));
    keys.put("passes", 1);
    keys.put("slice", "2 s");
    int requests = p99 ? Defaults.LATENCY_REQUESTS : LATENCY_REQUESTS;
    keys.put("latency", Map.of("rate", "auto", "requests", requests));
    Path here = Path.of("compare.yaml");
    return YamlFile.read(
        keys, ExperimentFile.class, k -> k.toDefinition(here, ownPlans, true), this::place);
  }

  private Duration timeLimit() {
    Duration whole =
        Limits.read("--at-most", atMost, t -> Scalars.duration(t, "1 min", "24 h")).orElseThrow();
    return Duration.ofMillis(Math.round(SHARE_OF_ROUNDS * whole.toMillis()));
  }

  private List<String> names() {
    if (wars.size() < 2) {
      return List.of("a", "b");
    }
    List<String> files = wars.stream().map(TwoArms::nameOf).toList();
    return files.get(0).equals(files.get(1)) ? List.of("old", "new") : files;
  }

  private static String nameOf(Path war) {
    String file = String.valueOf(war.toAbsolutePath().normalize().getFileName());
    String name = file.replaceFirst("(?i)\\.war$", "").replaceAll("[^A-Za-z0-9._-]+", "-");
    return name.matches("[A-Za-z0-9].*") ? name : "war" + name;
  }

  private Map<String, Object> arm(int index, List<String> names, List<String> words) {
    Map<String, Object> arm = new LinkedHashMap<>();
    both.forEach(word -> put(arm, "--both", word));
    words.forEach(word -> put(arm, index == 0 ? "--a" : "--b", word));
    arm.putIfAbsent("name", names.get(index));
    if (!wars.isEmpty()) {
      arm.putIfAbsent("war", wars.get(Math.min(index, wars.size() - 1)).toString());
    }
    return arm;
  }

  private void put(Map<String, Object> arm, String option, String word) {
    int equals = word.indexOf('=');
    if (equals < 1) {
      throw new UsageException(
          option + " " + word + ": must be KEY=VALUE, such as java=17 or settings.NAME=VALUE");
    }
    String key = word.substring(0, equals);
    String value = word.substring(equals + 1);
    int dot = key.indexOf('.');
    if (dot < 0 || dot == key.length() - 1) {
      arm.merge(key, value, TwoArms::listed);
      return;
    }
    String mapping = key.substring(0, dot);
    if (!(arm.getOrDefault(mapping, Map.of()) instanceof Map<?, ?> given)) {
      throw taken(option, key, mapping);
    }
    Map<Object, Object> entries = new LinkedHashMap<>(given);
    if (entries.put(key.substring(dot + 1), value) != null) {
      throw taken(option, key, key);
    }
    arm.put(mapping, entries);
  }

  private UsageException taken(String option, String key, String before) {
    boolean ofBoth = both.stream().anyMatch(word -> word.startsWith(before + "="));
    String where = ofBoth ? "--both" : option;
    return new UsageException(
        option + " " + key + ": " + before + " has a value by " + where + "; leave one out");
  }

  private static Object listed(Object one, Object other) {
    List<Object> all = new ArrayList<>(one instanceof List<?> list ? list : List.of(one));
    all.add(other);
    return all;
  }

  /** What the user wrote that a key of the experiment comes from. */
  private String place(List<Object> path) {
    boolean ofArm = path.size() > 1 && path.get(0).equals("arms");
    Object key = ofArm && path.size() > 2 ? path.get(2) : "";
    if (key.equals("war")) {
      return "compare";
    }
    if (both.stream().anyMatch(word -> key.equals(word.split("[.=]", 2)[0]))) {
      return "--both";
    }
    if (ofArm) {
      return path.get(1).equals(0) ? "--a" : "--b";
    }
    return path.contains("plans") ? "--plan" : path.contains("users") ? "--users" : "compare";
  }
}
