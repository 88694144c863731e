package crossover.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import crossover.bench.results.CrossoverMap;
import crossover.bench.results.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
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
  private static final Template TEMPLATE =
      Mustache.compiler()
          .nullValue("")
          .emptyStringIsFalse(true)
          .zeroIsFalse(true)
          .compile(
              resource("report.html")
                  .replace(STYLE_LINK, "<style>\n" + resource("report.css") + "</style>"));

  private HtmlReport() {}

  /**
   * The whole page.
   *
   * @param map drawn where the experiment is one
   * @param environment a JSON object that describes the machine, of any shape
   */
  public static String of(Summary summary, Optional<CrossoverMap> map, JsonNode environment) {
    return TEMPLATE.execute(ReportPage.of(summary, map, environment)).replace("<!---->", "");
  }

  /** The whole page of an experiment that is no map. */
  static String of(Summary summary, JsonNode environment) {
    return of(summary, Optional.empty(), environment);
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
