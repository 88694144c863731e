package crossover.bench.experiment;

import static crossover.bench.experiment.Keys.each;
import static crossover.bench.experiment.Keys.list;
import static crossover.bench.experiment.Keys.name;
import static crossover.bench.experiment.Keys.oneOf;
import static crossover.bench.experiment.Keys.orElse;
import static crossover.bench.experiment.Keys.refuse;
import static crossover.bench.experiment.Keys.requireDifferent;
import static crossover.bench.experiment.Keys.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of an experiment file, each with what it may be: what is read, and what is frozen in a
 * results folder. A key that the file does not have is null. docs/experiments.md explains them.
 */
record ExperimentFile(
    String experiment,
    String question,
    Boolean smoke,
    List<ArmKeys> arms,
    String baseline,
    List<ContrastKeys> contrasts,
    List<String> plans,
    String metric,
    List<SiteKeys.Entry> sites,
    List<Users> users,
    @Allowed(min = "1", max = "100") Integer passes,
    @Allowed(min = "100 ms", max = "1 h") Duration slice,
    LatencyKeys latency,
    @Allowed(min = "0 s", max = "1 h") Duration warmUp,
    @Allowed(min = "0 s", max = "1 min") Duration leadIn,
    @Allowed(min = "0 s", max = "10 min") Duration rest,
    @Allowed(min = "1", max = "1000") Integer rounds,
    @Allowed(min = "1 s", max = "168 h") Duration timeLimit,
    @Allowed(min = "0.001", max = "0.5") Double margin,
    @Allowed(min = "3", max = "1000") List<Integer> looks,
    @Allowed(min = "0", max = "2147483647") Integer seed) {

  record ContrastKeys(String name, List<String> of, List<String> against) {}

  record LatencyKeys(
      String rate, @Allowed(min = "100", max = "100000000") Integer requests, List<String> plans) {}

  /** What the file defines, with paths beside it, whose files may be gone if it is not to run. */
  Definition toDefinition(Path file, Path ownPlans, boolean toRun) {
    String name = name("experiment", experiment);
    List<Arm> armsRead = each("arms", arms, arm -> arm.toArm(file, toRun));
    if (armsRead.size() < 2) {
      throw refuse("arms", "needs two arms or more");
    }
    List<String> armNames = armsRead.stream().map(Arm::name).toList();
    requireDifferent("arms", armNames);
    if ("capacity".equals(metric) && armsRead.stream().anyMatch(arm -> arm.url().isPresent())) {
      throw refuse(
          "metric", "is capacity, but the CPU time of a \"url\" is not known: write throughput");
    }
    List<Integer> levels = Users.levels(list("users", users, List.of(new Users(Defaults.USERS))));
    boolean read = toRun || levels.isEmpty();
    List<View> views = each("plans", plans, plan -> View.of(plan, file, ownPlans, read));
    requireDifferent("plans", views.stream().map(View::name).toList());
    List<Site> sitesRead =
        sites == null ? List.of(Site.LOCALHOST) : each("sites", sites, SiteKeys.Entry::toSite);
    requireDifferent("sites", sitesRead.stream().map(Site::name).toList());
    return new Definition(
        name,
        orElse(question, ""),
        orElse(smoke, false),
        armsRead,
        oneOf("baseline", orElse(baseline, armNames.get(0)), armNames, "arms"),
        contrasts == null ? List.of() : each("contrasts", contrasts, c -> Contrast.of(c, armNames)),
        views,
        sitesRead,
        new Measurement(
            oneOf("metric", orElse(metric, Measurement.AUTO), Measurement.METRICS, "metrics"),
            levels,
            orElse(passes, Defaults.PASSES),
            orElse(slice, Defaults.SLICE),
            Optional.ofNullable(latency)
                .map(keys -> within(() -> Latency.of(keys, plans), "latency")),
            orElse(warmUp, Defaults.WARM_UP),
            orElse(leadIn, Defaults.LEAD_IN),
            orElse(rest, Defaults.REST)),
        orElse(rounds, Defaults.ROUNDS),
        Optional.ofNullable(timeLimit),
        orElse(margin, Defaults.MARGIN),
        ascending(list("looks", looks, List.of())),
        Optional.ofNullable(seed));
  }

  private static List<Integer> ascending(List<Integer> looks) {
    if (!looks.equals(looks.stream().distinct().sorted().toList())) {
      throw refuse("looks", "is " + looks + ", but must ascend");
    }
    return looks;
  }

  /** The keys of a definition: everything is said, also what is the default. */
  static ExperimentFile of(Definition definition) {
    Measurement measurement = definition.measurement();
    return new ExperimentFile(
        definition.name(),
        definition.question().isEmpty() ? null : definition.question(),
        definition.smoke(),
        definition.arms().stream().map(arm -> ArmKeys.of(arm.name(), arm)).toList(),
        definition.baseline(),
        orNull(definition.contrasts().stream().map(Contrast::keys).toList()),
        definition.views().stream().map(View::reference).toList(),
        measurement.metric(),
        definition.sites().stream().map(Site::keys).toList(),
        Users.of(measurement.users()),
        measurement.passes(),
        measurement.slice(),
        measurement.latency().map(Latency::keys).orElse(null),
        measurement.warmUp(),
        measurement.leadIn(),
        measurement.rest(),
        definition.rounds(),
        definition.timeLimit().orElse(null),
        definition.margin(),
        orNull(definition.looks()),
        definition.seed().orElse(null));
  }

  /** An empty list is written by leaving its key out. */
  static <T> List<T> orNull(List<T> values) {
    return values.isEmpty() ? null : values;
  }

  static <V> Map<String, V> orNull(Map<String, V> values) {
    return values.isEmpty() ? null : values;
  }
}
