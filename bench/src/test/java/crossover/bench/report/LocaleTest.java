package crossover.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever reads a report, its numbers have the same digits. */
@ResourceLock(Resources.LOCALE)
class LocaleTest {
  @ParameterizedTest
  @ValueSource(strings = {"fa-IR", "ar-EG", "tr-TR", "de-DE"})
  void everyTextIsTheSameUnderEveryLocale(String tag) {
    List<String> expected = under(Locale.ROOT, LocaleTest::lines);

    List<String> lines = under(Locale.forLanguageTag(tag), LocaleTest::lines);

    assertThat(lines).hasSameSizeAs(expected);
    assertThat(lines).filteredOn(line -> !expected.contains(line)).isEmpty();
  }

  private static List<String> lines() {
    return Stream.of(
            IntervalPlot.of(MadeUp.summary()),
            HtmlReport.of(MadeUp.summary(), Optional.of(MadeUpMap.map()), MadeUp.environment()),
            ConsoleTable.of(MadeUp.summary(), Path.of("results", "x")),
            ConsoleTable.of(MadeUpMap.map(), MadeUp.summary(), Path.of("results", "x")),
            ConsoleTable.of(MadeUp.machineCalibration()))
        .flatMap(String::lines)
        .toList();
  }

  private static <T> T under(Locale locale, Supplier<T> texts) {
    Locale before = Locale.getDefault();
    Locale.setDefault(locale);
    try {
      return texts.get();
    } finally {
      Locale.setDefault(before);
    }
  }
}
