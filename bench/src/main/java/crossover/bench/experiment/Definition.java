package crossover.bench.experiment;

import static crossover.bench.text.Text.format;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * An experiment as its YAML file defines it: what is compared, over what, and how much is measured.
 * Nothing in it is decided later, except what the file itself leaves to the data (a rate found in
 * the run, an early end at a look fixed here).
 *
 * @param name letters, digits, {@code . _ -}; part of the results folder's name
 * @param question what the experiment is to answer, for the report
 * @param smoke whether it is too short to conclude from, and says so
 * @param arms at least two, of different names
 * @param baseline the arm that all others are compared with; the first, unless the file says
 * @param contrasts further questions about the arms; may be empty
 * @param views what is asked for
 * @param sites where it is asked
 * @param measurement what is measured in a round
 * @param rounds fresh JVMs for every arm, this many times
 * @param timeLimit of the rounds of one run: fewer are made where more would take longer, but never
 *     fewer than {@link #fewestRounds}; empty: all are made
 * @param margin practical equivalence, as a fraction
 * @param looks numbers of rounds after which the run may end early; empty: it never does
 * @param seed of every randomisation; empty: drawn when the run starts, and recorded
 */
public record Definition(
    String name,
    String question,
    boolean smoke,
    List<Arm> arms,
    String baseline,
    List<Contrast> contrasts,
    List<View> views,
    List<Site> sites,
    Measurement measurement,
    int rounds,
    Optional<Duration> timeLimit,
    double margin,
    List<Integer> looks,
    Optional<Integer> seed) {

  /** Refuses sites that would be in each other's way on one machine, or do not fit an arm. */
  public Definition {
    sites.forEach(site -> arms.forEach(site::requireFit));
    List<String> machines = sites.stream().flatMap(s -> s.host().ssh().stream()).toList();
    if (machines.size() > new HashSet<>(machines).size()) {
      throw new UsageException(
          "two sites are on the same other machine, which serves one at a time: run them apart ("
              + String.join(", ", machines)
              + ")");
    }
  }

  /**
   * Reads an experiment.
   *
   * @param file the YAML file
   * @param ownPlans the folder of Crossover's own JMeter plans
   * @throws UsageException naming file, line and key, when anything in it cannot be used
   */
  public static Definition read(Path file, Path ownPlans) {
    return YamlFile.read(
        file, ExperimentFile.class, keys -> keys.toDefinition(file, ownPlans, true));
  }

  /** Reads the experiment of a results folder, whose WARs and plans may be gone by now. */
  public static Definition ofResults(Path file, Path ownPlans) {
    return YamlFile.read(
        file, ExperimentFile.class, keys -> keys.toDefinition(file, ownPlans, false));
  }

  private static <T> String names(List<T> items, Function<T, String> name) {
    return items.stream().map(name).collect(Collectors.joining(", "));
  }

  /** Whether requests go to this machine's loopback interface: to a server, or to a link. */
  public boolean servesHere() {
    boolean here =
        arms.stream()
            .map(arm -> arm.url().map(URI::getHost).orElse("localhost"))
            .anyMatch(Host::isLoopback);
    return sites.stream()
        .anyMatch(it -> !it.host().isElsewhere() && (here || it.client().isPresent()));
  }

  public Arm baselineArm() {
    return arm(baseline);
  }

  public List<Arm> candidates() {
    return arms.stream().filter(a -> !a.name().equals(baseline)).toList();
  }

  public Arm arm(String name) {
    return arms.stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
  }

  /**
   * The same experiment with only some of its arms. The baseline always stays.
   *
   * @throws UsageException when no other arm is left
   */
  public Definition withArms(Predicate<Arm> kept) {
    List<Arm> left = arms.stream().filter(a -> a.name().equals(baseline) || kept.test(a)).toList();
    if (left.size() < 2) {
      throw new UsageException(
          format(
              "only the baseline \"%s\" would be left to measure, of the arms %s",
              baseline, names(arms, Arm::name)));
    }
    return with(left, views, sites, measurement, rounds, timeLimit, seed);
  }

  /**
   * The same experiment with only some of its views.
   *
   * @throws UsageException when there is no view of such a name
   */
  public Definition withViews(List<String> kept) {
    for (String view : kept) {
      if (views.stream().noneMatch(v -> v.name().equals(view))) {
        throw new UsageException(
            "there is no view \"" + view + "\"; the views are " + names(views, View::name));
      }
    }
    List<View> left = views.stream().filter(v -> kept.contains(v.name())).toList();
    return with(arms, left, sites, measurement, rounds, timeLimit, seed);
  }

  /**
   * The same experiment on other sites: its own by their names, or any that needs no definition.
   *
   * @throws UsageException when there is no site of such a name
   */
  public Definition withSites(List<String> chosen) {
    List<Site> others = chosen.stream().distinct().map(this::site).toList();
    return with(arms, views, others, measurement, rounds, timeLimit, seed);
  }

  private Site site(String name) {
    Optional<Site> own = sites.stream().filter(site -> site.name().equals(name)).findFirst();
    return own.or(() -> Site.known(name))
        .orElseThrow(
            () ->
                new UsageException(
                    format(
                        "there is no site \"%s\"; the sites are %s, and always localhost, pi-like"
                            + " and ssh:user@host",
                        name, names(sites, Site::name))));
  }

  public Definition withSlice(Duration slice) {
    return with(arms, views, sites, measurement.withSlice(slice), rounds, timeLimit, seed);
  }

  public Definition withUsers(List<Integer> users) {
    return with(arms, views, sites, measurement.withUsers(users), rounds, timeLimit, seed);
  }

  /** The same experiment with this number of rounds, however long they take. */
  public Definition withRounds(int other) {
    return with(arms, views, sites, measurement, other, Optional.empty(), seed);
  }

  public IntSummaryStatistics users() {
    return Cell.of(this).stream().mapToInt(Cell::users).summaryStatistics();
  }

  /** The rounds that are made in any case. */
  public int fewestRounds() {
    return timeLimit.isPresent() ? Math.min(Defaults.FEWEST_ROUNDS, rounds) : rounds;
  }

  public Definition withSeed(int fixed) {
    return with(arms, views, sites, measurement, rounds, timeLimit, Optional.of(fixed));
  }

  private Definition with(
      List<Arm> otherArms,
      List<View> otherViews,
      List<Site> otherSites,
      Measurement otherMeasurement,
      int otherRounds,
      Optional<Duration> otherTimeLimit,
      Optional<Integer> otherSeed) {
    List<String> armsLeft = otherArms.stream().map(Arm::name).toList();
    return new Definition(
        name,
        question,
        smoke,
        otherArms,
        baseline,
        contrasts.stream().filter(c -> armsLeft.containsAll(c.arms())).toList(),
        otherViews,
        otherSites,
        otherMeasurement,
        otherRounds,
        otherTimeLimit,
        margin,
        looks,
        otherSeed);
  }

  /** This definition as a YAML file that {@link #read} reads back to an equal one. */
  public String toYaml() {
    return YamlFile.write(ExperimentFile.of(this));
  }
}
