package crossover.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The map of a report in a real browser. */
class MapReportIT {
  private static Browser browser;
  @TempDir static Path folder;
  private static Path page;

  @BeforeAll
  static void write() throws IOException {
    page = folder.resolve("report.html");
    String html =
        HtmlReport.of(MadeUp.summary(), Optional.of(MadeUpMap.map()), MadeUp.environment());
    Files.writeString(page, html);
    browser = Browser.start();
  }

  @AfterAll
  static void quit() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void everyCellIsDrawnAndStandsInTheTableToo() {
    browser.look(1200, false).open(page);

    assertThat(browser.console()).isEmpty();
    assertThat(texts("svg.map .name"))
        .isEqualTo(List.of("sync", "? undecided", "native", "≈ equivalent", "native", "native"));
    assertThat(texts("#map details:nth-of-type(1) tbody td:nth-child(2)"))
        .isEqualTo(List.of("sync", "undecided", "native", "equivalent", "native", "native"));
    assertThat(texts(".crossings tbody td:nth-child(3)"))
        .isEqualTo(List.of("undecided (90 – above 2,000)", "from 36 users (33 – 41)"));
    assertThat(browser.run("return document.querySelectorAll('svg.map polyline').length"))
        .isEqualTo(2L);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoCannotTellTheColoursReadsTheTextOnThem(boolean dark) {
    browser.look(400, dark).open(page);

    assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(400);
    assertThat((Double) browser.run(LEAST_CONTRAST)).isGreaterThan(4.5);
  }

  private static Object texts(String selector) {
    return browser.run(
        "return [...document.querySelectorAll('" + selector + "')].map(e => e.textContent)");
  }

  /** The least contrast of a cell's texts against its own ground (WCAG 2.2, 1.4.3). */
  private static final String LEAST_CONTRAST =
      """
      const light = text => { const [r, g, b] = text.match(/[0-9.]+/g).map(v => v / 255)
        .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
      const ground = getComputedStyle(document.body).backgroundColor;
      const rects = [...document.querySelectorAll('svg.map rect')];
      const under = i => { const fill = getComputedStyle(rects[i]).fill; return light(fill === 'none' ? ground : fill); };
      return Math.min(...['.name', '.ratio', '.interval'].flatMap(kind =>
        [...document.querySelectorAll('svg.map ' + kind)].map((text, i) => {
          const own = light(getComputedStyle(text).fill);
          return (Math.max(own, under(i)) + 0.05) / (Math.min(own, under(i)) + 0.05); })));""";
}
