package crossover.bench.report;

import static crossover.bench.results.Verdict.INCONCLUSIVE;
import static crossover.bench.results.Verdict.TOO_FEW_ROUNDS;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import crossover.bench.results.Comparison;
import crossover.bench.results.CrossoverMap;
import crossover.bench.results.Estimate;
import crossover.bench.results.Limit;
import crossover.bench.results.Summary.Contrast;
import crossover.bench.results.Summary.Gate;
import crossover.bench.results.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The templates in this package's resources. A template names components and methods of the record
 * that it is filled with, and how a value is to be written: {@code {{low.ratio}}}, {@code
 * {{margin.percent}}}, and in a text how wide: {@code {{arm.left20}}}. An unknown name is an error.
 */
final class Templates {
  /** How values are written, beside their own components. */
  private static final List<Form<?>> FORMS =
      List.of(
          new Form<>(Number.class, "exact", n -> Double.isFinite(n.doubleValue()) ? "" + n : ""),
          new Form<>(Number.class, "figure", n -> Figures.figure(n.doubleValue())),
          new Form<>(Number.class, "kilo", n -> Figures.figure(n.doubleValue() / 1000)),
          new Form<>(Number.class, "millis", n -> Figures.millis(n.doubleValue())),
          new Form<>(Number.class, "percent", n -> Figures.percent(n.doubleValue())),
          new Form<>(Number.class, "perSecond", n -> Figures.perSecond(n.doubleValue())),
          new Form<>(Number.class, "ratio", n -> Figures.ratio(n.doubleValue())),
          new Form<>(Number.class, "delay", n -> MapWords.delay(n.doubleValue())),
          new Form<>(Number.class, "gates", n -> Figures.count(n.longValue(), "gate")),
          new Form<>(Number.class, "rounds", n -> Figures.count(n.longValue(), "round")),
          new Form<>(Number.class, "whole", n -> Figures.whole(n.doubleValue())),
          new Form<>(Instant.class, "day", Figures::day),
          new Form<>(Verdict.class, "kind", Signs::kind),
          new Form<>(Verdict.class, "sign", Signs::sign),
          new Form<>(Comparison.class, "failed", c -> c.conclusion() == Verdict.SLOWER),
          new Form<>(Comparison.class, "error", c -> c.conclusion() == Verdict.NOT_VALID),
          new Form<>(
              Comparison.class,
              "skipped",
              c -> List.of(INCONCLUSIVE, TOO_FEW_ROUNDS).contains(c.conclusion())),
          new Form<>(Gate.class, "error", gate -> !gate.passed()),
          new Form<>(Limit.class, "failed", l -> l.outcome() == Limit.Outcome.FAILED),
          new Form<>(Limit.class, "error", l -> l.outcome() == Limit.Outcome.NOT_JUDGED),
          new Form<>(Limit.class, "skipped", l -> l.outcome() == Limit.Outcome.UNDECIDED),
          new Form<>(List.class, "failures", list -> count(list, "failed")),
          new Form<>(List.class, "errors", list -> count(list, "error")),
          new Form<>(List.class, "skips", list -> count(list, "skipped")),
          new Form<>(Comparison.class, "interval", c -> Figures.interval(c.low(), c.high())),
          new Form<>(Contrast.class, "interval", c -> Figures.interval(c.low(), c.high())),
          new Form<>(Estimate.class, "known", e -> Double.isFinite(e.low())),
          new Form<>(Estimate.class, "interval", e -> Figures.range(e.low(), e.high())),
          new Form<>(Number.class, "pixels", n -> Figures.pixels(n.doubleValue())),
          new Form<>(CrossoverMap.Cell.class, "words", MapWords::named),
          new Form<>(CrossoverMap.Cell.class, "ratioWord", MapWords::ratio),
          new Form<>(CrossoverMap.Cell.class, "range", MapWords::range),
          new Form<>(
              CrossoverMap.Cell.class, "interval", c -> Figures.interval(c.low(), c.high())));

  private static final Pattern PADDED = Pattern.compile("(left|line|right)([0-9]+)");

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler()
          .nullValue("")
          .emptyStringIsFalse(true)
          .zeroIsFalse(true)
          .strictSections(true)
          .withCollector(new FormCollector())
          .withLoader(name -> new StringReader(resource(name)));

  private static final Map<String, Template> COMPILED = new ConcurrentHashMap<>();

  private Templates() {}

  /** A template with the values of a record. */
  static String fill(String name, Object values) {
    return COMPILED
        .computeIfAbsent(name, n -> COMPILER.withEscaper(escaper(n)).compile(resource(n)))
        .execute(values);
  }

  private static Mustache.Escaper escaper(String name) {
    if (name.endsWith(".txt")) {
      return Escapers.NONE;
    }
    if (name.endsWith(".csv")) {
      return text ->
          text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
    if (name.endsWith(".md")) {
      return text -> text.replaceAll("[\\\\|<*`\\[]", "\\\\$0").replaceAll("\\s+", " ");
    }
    // XML has no sign for the control characters of a server's coloured log.
    return text -> Escapers.HTML.escape(text.replaceAll("[^\\P{Cntrl}\t\n\r]", ""));
  }

  /** Of how many values a form is true. */
  private static long count(List<?> values, String form) {
    return values.stream()
        .filter(v -> FORMS.stream().anyMatch(f -> f.fits(v, form) && f.of(v).equals(true)))
        .count();
  }

  /** The text of a resource of this package. */
  static String resource(String name) {
    try (InputStream in = Templates.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Form<T>(Class<T> type, String name, Function<T, Object> written) {
    boolean fits(Object value, String asked) {
      return name.equals(asked) && type.isInstance(value);
    }

    Object of(Object value) {
      return written.apply(type.cast(value));
    }
  }

  private static final class FormCollector extends DefaultCollector {
    @Override
    public Mustache.VariableFetcher createFetcher(Object context, String name) {
      for (Form<?> form : FORMS) {
        if (form.fits(context, name)) {
          return (value, n) -> form.of(value);
        }
      }
      Matcher padded = PADDED.matcher(name);
      return context instanceof String && padded.matches()
          ? (value, n) -> padded("" + value, padded.group(1), Integer.parseInt(padded.group(2)))
          : super.createFetcher(context, name);
    }

    private static String padded(String text, String side, int width) {
      String spaces = " ".repeat(Math.max(0, width - text.length()));
      if (side.equals("line") && text.length() > width) { // what follows begins the next line
        return text + "\n  " + " ".repeat(width);
      }
      return side.equals("right") ? spaces + text : text + spaces;
    }
  }
}
