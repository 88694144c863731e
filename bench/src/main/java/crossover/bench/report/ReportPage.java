package crossover.bench.report;

import static java.util.stream.Collectors.toMap;

import crossover.bench.report.PlaceSection.Word;
import crossover.bench.results.Comparison;
import crossover.bench.results.CrossoverMap;
import crossover.bench.results.Json;
import crossover.bench.results.MachineCalibration;
import crossover.bench.results.Summary;
import crossover.bench.results.Summary.Gate;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What the report shows, as text and drawings ready for the template; see report.html. */
record ReportPage(
    Summary summary,
    String question,
    String lead,
    Word badge,
    String margin,
    List<ArmRow> arms,
    List<String> candidates,
    MapSection map,
    List<AnswerRow> answers,
    List<PlaceSection> places,
    List<Exploratory> exploratory,
    List<GateRow> gates,
    String generatorLimit,
    String calibration,
    List<Facts> environment,
    List<Limit> limits,
    String json) {

  private static final String QUESTION = "Which concurrency model should serve this application?";
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  record ArmRow(String name, String description, String warmUp) {}

  record AnswerRow(String id, String name, String metric, Answer answer, List<Verdict> verdicts) {}

  record Verdict(String ratio, String interval, Word word) {}

  record Exploratory(
      String place, String metric, String candidate, String ratio, String interval, Word verdict) {}

  record GateRow(Word word, String name, String cell, String sentence) {}

  record Limit(String of, String sentence) {}

  static ReportPage of(Summary summary, Optional<CrossoverMap> map, JsonNode environment) {
    Scale scale = IntervalPlot.scale(summary);
    List<Place> places = Place.of(summary);
    return new ReportPage(
        summary,
        summary.question() == null ? QUESTION : summary.question(),
        lead(summary, places),
        badge(summary),
        summary.comparisons().stream()
            .filter(Comparison::primary)
            .map(c -> Figures.percent(c.margin()))
            .distinct()
            .findFirst()
            .orElse(Figures.UNKNOWN),
        summary.arms().stream().map(ReportPage::arm).toList(),
        candidates(summary),
        map.map(MapSection::of).orElse(null),
        places.stream().map(place -> answer(summary, place, places)).toList(),
        places.stream().map(place -> PlaceSection.of(summary, place, places, scale)).toList(),
        places.stream()
            .flatMap(place -> place.exploratory(summary).stream().map(c -> exploratory(place, c)))
            .toList(),
        summary.gates().stream().map(ReportPage::gate).toList(),
        limit(summary),
        calibration(summary.calibration()),
        Facts.of(environment),
        limits(summary, places),
        Json.MAPPER.writeValueAsString(summary).replace("<", "\\u003c"));
  }

  private static ArmRow arm(Summary.Arm arm) {
    Summary.WarmUp warmUp = arm.warmUp();
    return new ArmRow(
        arm.name(),
        arm.description(),
        warmUp == null
            ? null
            : String.format(
                Locale.ROOT,
                "warmed up for %s s (%s s at most), warm at the end in %d of %s",
                Figures.figure(warmUp.meanSeconds()),
                Figures.figure(warmUp.mostSeconds()),
                warmUp.warm(),
                Figures.count(warmUp.rounds(), "round")));
  }

  private static List<String> candidates(Summary summary) {
    return summary.arms().stream()
        .map(Summary.Arm::name)
        .filter(arm -> !arm.equals(summary.baseline()))
        .toList();
  }

  private static String lead(Summary summary, List<Place> places) {
    int rounds = summary.comparisons().stream().mapToInt(Comparison::rounds).max().orElse(0);
    long views = places.stream().map(Place::view).distinct().count();
    Duration took = Duration.between(summary.started(), summary.finished());
    return String.format(
        Locale.ROOT,
        "%s, %s, %s of matched pairs in balanced order; %s; %s; %s, %s.",
        Figures.count(views, "view"),
        Figures.count(summary.arms().size(), "arm"),
        Figures.count(rounds, "round"),
        distinct(places, Place::site),
        distinct(places, Place::crowd),
        DAY.format(summary.started()),
        took.toMinutes() < 2
            ? Figures.count(took.toSeconds(), "second")
            : Figures.count(took.toMinutes(), "minute"));
  }

  private static String distinct(List<Place> places, Function<Place, String> part) {
    return String.join(", ", places.stream().map(part).distinct().toList());
  }

  private static Word badge(Summary summary) {
    if (summary.smoke()) {
      return new Word("inconclusive", "?", "Smoke run: it works; the figures prove nothing");
    }
    long missed = summary.gates().stream().filter(gate -> !gate.passed()).count();
    return missed == 0 && summary.fit()
        ? new Word("faster", "✓", "Every gate passed")
        : new Word(
            "slower", "✕", Figures.count(missed, "gate") + " missed: not valid where marked");
  }

  private static AnswerRow answer(Summary summary, Place place, List<Place> places) {
    List<Verdict> verdicts =
        candidates(summary).stream()
            .map(arm -> place.primary(summary, arm).map(c -> verdict(c)))
            .map(
                found ->
                    found.orElse(new Verdict("", "", new Word("unknown", "–", "not compared"))))
            .toList();
    String metric =
        place.primary(summary).stream().map(c -> c.metric().label()).findFirst().orElse("");
    return new AnswerRow(
        place.id(), place.among(places), metric, Answer.of(summary, place), verdicts);
  }

  private static Verdict verdict(Comparison c) {
    return new Verdict(
        Figures.ratio(c.ratio()), Figures.interval(c.low(), c.high()), PlaceSection.word(c));
  }

  private static Exploratory exploratory(Place place, Comparison c) {
    return new Exploratory(
        place.toString(),
        c.metric().label(),
        c.candidate(),
        Figures.ratio(c.ratio()),
        Figures.interval(c.low(), c.high()),
        PlaceSection.word(c));
  }

  private static GateRow gate(Gate gate) {
    Word word =
        gate.passed() ? new Word("faster", "✓", "passed") : new Word("slower", "✕", "missed");
    return new GateRow(word, gate.name(), gate.cell(), gate.sentence());
  }

  private static String limit(Summary summary) {
    return summary.generatorLimit() == null
        ? null
        : String.format(
            Locale.ROOT,
            "The load generator itself manages %s requests a second against a trivial URL here, at %s ms of its CPU time each.",
            Figures.figure(summary.generatorLimit().requestsPerSecond()),
            Figures.millis(summary.generatorLimit().cpuMillisPerRequest()));
  }

  private static String calibration(MachineCalibration c) {
    if (c == null) {
      return null;
    }
    var detectable =
        c.detectable().entrySet().stream()
            .collect(
                toMap(
                    e -> e.getKey(),
                    e -> Figures.percent(e.getValue()),
                    (a, b) -> a,
                    TreeMap::new));
    List<String> effects = new ArrayList<>();
    detectable.forEach((rounds, effect) -> effects.add(effect + " with " + rounds));
    return String.format(
        Locale.ROOT,
        "Calibrated%s on %s: of %d comparisons of an arm with itself, %d (%s) wrongly excluded 1. The smallest difference found with 80 %% power is %s rounds. A delay of %s ms put into one arm was measured as %s ms (%s – %s).",
        c.quick() ? " (quickly, and so only roughly)" : "",
        DAY.format(c.at()),
        c.comparisons(),
        c.excludingOne(),
        Figures.percent(c.share()),
        String.join(", ", effects),
        Figures.figure(c.injectedMillis()),
        Figures.figure(c.estimatedMillis().value()),
        Figures.figure(c.estimatedMillis().low()),
        Figures.figure(c.estimatedMillis().high()));
  }

  private static List<Limit> limits(Summary summary, List<Place> places) {
    List<Limit> limits = new ArrayList<>();
    limits.add(
        new Limit(
            "Other machines",
            "The ratios are this machine’s, with this JDK, these pools and these settings; on another one only a run there can tell."));
    limits.add(
        new Limit(
            "Other loads",
            String.format(
                Locale.ROOT,
                "Measured were: %s; %s. Elsewhere a model may overtake another.",
                distinct(places, Place::site),
                distinct(places, Place::crowd))));
    limits.add(
        new Limit(
            "Equality",
            "“Equivalent” means that the difference is smaller than the margin fixed before the run, not that there is none; “inconclusive” means that these rounds cannot tell, not that the arms are alike."));
    limits.add(
        new Limit(
            "Certainty",
            "The verdicts of the primary metric are together wrong at most 5 times in 100. What is labelled exploratory is not protected so: a hint for the next run."));
    if (summary.cells().stream().allMatch(cell -> cell.latency() == null)) {
      limits.add(
          new Limit(
              "Latency",
              "Users of this run wait for their answers (a closed loop); response times under a given rate of arrivals were not measured."));
    }
    if (summary.calibration() == null) {
      limits.add(
          new Limit(
              "Its own resolution",
              "This machine was not calibrated: “crossover calibrate” shows how small a difference it can find."));
    }
    return limits;
  }
}
