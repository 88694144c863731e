package crossover.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.results.Json;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private final String html =
      HtmlReport.of(MadeUp.summary(), Optional.empty(), MadeUp.environment());

  @Test
  void nothingOfTheTemplateIsLeftOver() {
    assertThat(html).doesNotContain("{{", "<!--", "report.css", "NaN");
  }

  @Test
  void theHtmlIsValid() {
    Parser parser = Parser.htmlParser().setTrackErrors(100);
    String map =
        HtmlReport.of(MadeUp.summary(), Optional.of(MadeUpMap.map()), MadeUp.environment());

    Document document = parser.parseInput(map, "");

    assertThat(parser.getErrors()).isEmpty();
    assertThat(document.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
    assertThat(document.select("[aria-labelledby]").eachAttr("aria-labelledby"))
        .allSatisfy(id -> assertThat(document.getElementById(id)).isNotNull());
  }

  @Test
  void nothingPointsToTheNetworkAndNoScriptRuns() {
    assertThat(html).doesNotContainPattern("(src|href|url)\\W{1,3}https?:");
    assertThat(html.split("<script", -1)).hasSize(2);
    assertThat(html).contains("<script type=\"application/json\"");
  }

  @Test
  void whatElseWasAskedIsShownOnlyWhereItWas() {
    assertThat(html.split("<h3>Other questions", -1)).hasSize(2);
    assertThat(html).contains("(wrapped ÷ sync) ÷ (native ÷ virtual)", "0.871 – 0.955");
  }

  @Test
  void everyKindOfRequestOfAPlanHasItsRowWhereThereAreSeveral() {
    assertThat(html.split("Every kind of request of form</summary>", -1)).hasSize(2);
    assertThat(html).doesNotContain("Every kind of request of get");
    assertThat(html)
        .contains(
            "<th scope=\"row\">sync</th><td>send the form</td>"
                + "<td class=\"number\">41,180</td><td class=\"number\">3</td>");
  }

  @Test
  void anUnfinishedRunSaysSoAtItsTop() {
    String html =
        HtmlReport.of(
            MadeUp.unfinished(3, "Go on by --resume."), Optional.empty(), MadeUp.environment());

    assertThat(html.substring(0, html.indexOf("<main>"))).contains("Not finished: 3 rounds to go");
    assertThat(html).contains("Go on by --resume.");
  }

  @Test
  void howEachArmWasWarmedUpIsTold() {
    assertThat(html)
        .contains(
            "warmed up for 2.50 s a round (4.00 s at most); warm at the end in 6 of 8 rounds");
  }

  @Test
  void earlierRunsAreDrawnWithTheLevelsBetweenChanges() {
    Document page = Parser.htmlParser().parseInput(html, "");

    assertThat(page.select("svg.history")).hasSize(2);
    assertThat(page.select("svg.history").get(0).select("circle")).hasSize(9);
    assertThat(page.select("svg.history text").eachText()).containsExactly("1.002", "0.942");
    assertThat(page.select("#history li").eachText())
        .containsExactly(
            "get · virtual, throughput became slower with the run of 26 February 2026,"
                + " 09:00 UTC: 1.002 → 0.942 (p < 0.000001).",
            "get · virtual, throughput is now 0.942 of sync's.");
    assertThat(page.select("#history p").get(0).text()).endsWith("in 1 of 2 series.");
  }

  @Test
  void theEnvironmentIsShownWhateverItHolds() {
    assertThat(html)
        .contains("Example Processor 3000", "pipelining.native-unpipelined", "-Xmx512m");
  }

  @Test
  void aRunWithoutFiguresIsStillAPage() {
    assertThat(HtmlReport.of(MadeUp.empty(), Optional.empty(), Json.MAPPER.createObjectNode()))
        .contains("<h1>Which concurrency model", "What this report does not show");
  }

  @Test
  void aSmokeRunSaysSo() {
    assertThat(HtmlReport.of(MadeUp.smoke(), Optional.empty(), MadeUp.environment()))
        .contains("Smoke run: it shows that everything works, no more");
  }
}
