package crossover.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.results.Json;
import crossover.bench.results.Summary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report in a real browser. */
class HtmlReportIT {
  private static Browser browser;
  @TempDir static Path folder;
  private static Path page;

  @BeforeAll
  static void write() throws IOException {
    page = folder.resolve("report.html");
    Files.writeString(
        page, HtmlReport.of(MadeUp.summary(), Optional.empty(), MadeUp.environment()));
    browser = Browser.start();
  }

  @AfterAll
  static void quit() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() {
    browser.look(1200, false).open(page);
  }

  @Test
  void theConsoleStaysEmptyAndNothingButTheFileIsRequested() {
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests())
        .isNotEmpty()
        .allSatisfy(
            request -> assertThat(request).containsAnyOf("\"url\":\"file:", "\"url\":\"data:"));
  }

  @Test
  void theTableOfVerdictsShowsTheRatiosOfTheJson() {
    List<?> shown =
        (List<?>)
            browser.run(
                "return [...document.querySelectorAll('#verdicts td b')]"
                    + ".map(b => b.textContent.replace(/[^0-9.]/g, ''))");
    List<?> embedded =
        (List<?>)
            browser.run(
                "return JSON.parse(document.getElementById('summary').textContent).comparisons"
                    + ".filter(c => c.primary).map(c => c.ratio)");

    assertThat(shown)
        .hasSize(20)
        .isEqualTo(
            embedded.stream()
                .map(ratio -> String.format(Locale.ROOT, "%.3f", ((Number) ratio).doubleValue()))
                .toList());
  }

  @Test
  void theJsonInsideIsTheSummaryThatIsSavedBesideIt() {
    String embedded = (String) browser.run("return document.getElementById('summary').textContent");

    assertThat(Json.MAPPER.readValue(embedded, Summary.class)).isEqualTo(MadeUp.summary());
  }

  @Test
  void everyIntervalIsDrawnWithinItsPlot() {
    assertThat(
            browser.run(
                """
                return [...document.querySelectorAll('.forest tbody .plot')].every(cell => {
                  const room = cell.getBoundingClientRect();
                  return [...cell.querySelectorAll('circle, line')].every(mark => {
                    const box = mark.getBoundingClientRect();
                    return box.left >= room.left - 6 && box.right <= room.right + 6;
                  });
                })"""))
        .isEqualTo(true);
    assertThat(browser.run("return document.querySelectorAll('.forest circle').length"))
        .isEqualTo(20L);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 800, 1600})
  void thePageNeverScrollsSideways(int width) {
    browser.look(width, false).open(page);

    assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyTextStandsOutFromItsGround(boolean dark) {
    browser.look(1200, dark).open(page);

    assertThat((List<?>) browser.run(CONTRAST)).isEmpty();
  }

  @Test
  void linksLeadToSectionsAndEveryDataRowHasAHeader() {
    assertThat(
            browser.run(
                "return [...document.querySelectorAll('a')].every(a => document.querySelector(a.getAttribute('href')))"))
        .isEqualTo(true);
    assertThat(
            browser.run(
                "return [...document.querySelectorAll('tbody tr')].every(r => r.querySelector('th[scope=row]'))"))
        .isEqualTo(true);
  }

  @Test
  void itPrintsAsAPdfOfSeveralPages() {
    byte[] pdf = Base64.getDecoder().decode(browser.print());

    String text = new String(pdf, StandardCharsets.ISO_8859_1);
    assertThat(text).startsWith("%PDF-");
    assertThat(text.split("/Type\\s*/Page[^s]", -1)).hasSizeBetween(4, 20);
  }

  @Test
  void whatAnExperimentCallsItsArmsNeverBecomesMarkup() throws IOException {
    Path odd = folder.resolve("odd.html");
    String hostile = "</script><script>console.error('run')</script><!--";
    Files.writeString(
        odd, HtmlReport.of(MadeUp.withNotice(hostile), Optional.empty(), MadeUp.environment()));

    browser.open(odd);

    assertThat(browser.console()).isEmpty();
    assertThat((String) browser.run("return document.querySelector('.notice').textContent"))
        .isEqualTo(hostile);
  }

  /** Text with less than 4.5:1 against the nearest ground (WCAG 2.2, 1.4.3). */
  private static final String CONTRAST =
      """
      const parse = c => c.match(/[0-9.]+/g).map(Number);
      const light = c => { const [r, g, b] = c.map(v => v / 255)
        .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
      const ground = e => { for (; e; e = e.parentElement) {
        const c = parse(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; }
        return [255, 255, 255]; };
      return [...document.querySelectorAll('main *, header *')]
        .filter(e => !e.closest('svg') && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
        .filter(e => { const a = light(parse(getComputedStyle(e).color)), b = light(ground(e));
          return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5; })
        .map(e => e.outerHTML)""";
}
