package crossover.bench.report;

import crossover.bench.results.CrossoverMap;
import crossover.bench.results.Summary;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The report of one experiment as one HTML file that needs no network and no script.
 *
 * <p>The template report.html is a valid page by itself, styled by report.css beside it. Mustache
 * tags that stand where HTML allows no text hide in comments, which are empty and dropped once the
 * tags are filled in.
 */
public final class HtmlReport {
  private static final String STYLE_LINK = "<link rel=\"stylesheet\" href=\"report.css\">";

  private HtmlReport() {}

  /**
   * The whole page.
   *
   * @param map drawn where the experiment is one
   * @param environment a JSON object that describes the machine, of any shape
   */
  public static String of(Summary summary, Optional<CrossoverMap> map, JsonNode environment) {
    return Templates.fill("report.html", ReportPage.of(summary, map, environment))
        .replace("<!---->", "")
        .replace(STYLE_LINK, "<style>\n" + Templates.resource("report.css") + "</style>");
  }

  /** The whole page of an experiment that is no map. */
  static String of(Summary summary, JsonNode environment) {
    return of(summary, Optional.empty(), environment);
  }
}
