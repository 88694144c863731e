package crossover.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.results.Json;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private final String html = HtmlReport.of(MadeUp.summary(), MadeUp.environment());

  @Test
  void nothingOfTheTemplateIsLeftOver() {
    assertThat(html).doesNotContain("{{", "<!--", "report.css");
  }

  @Test
  void nothingPointsToTheNetworkAndNoScriptRuns() {
    assertThat(html).doesNotContainPattern("(src|href|url)\\W{1,3}https?:");
    assertThat(html.split("<script", -1)).hasSize(2);
    assertThat(html).contains("<script type=\"application/json\"");
  }

  @Test
  void whatElseWasAskedIsShownOnlyWhereItWas() {
    assertThat(html.split("<h3>What else was asked", -1)).hasSize(2);
    assertThat(html).contains("(wrapped ÷ sync) ÷ (native ÷ virtual)", "0.871 – 0.955");
  }

  @Test
  void howEachArmWasWarmedUpIsTold() {
    assertThat(html)
        .contains("warmed up for 2.50 s (4.00 s at most), warm at the end in 6 of 8 rounds");
  }

  @Test
  void theEnvironmentIsShownWhateverItHolds() {
    assertThat(html)
        .contains("Example Processor 3000", "pipelining.native-unpipelined", "-Xmx512m");
  }

  @Test
  void aRunWithoutFiguresIsStillAPage() {
    assertThat(HtmlReport.of(MadeUp.empty(), Json.MAPPER.createObjectNode()))
        .contains("<h1>Which concurrency model", "What this report does not show");
  }

  @Test
  void aSmokeRunSaysThatItProvesNothing() {
    assertThat(HtmlReport.of(MadeUp.smoke(), MadeUp.environment()))
        .contains("Smoke run: it works; the figures prove nothing");
  }
}
