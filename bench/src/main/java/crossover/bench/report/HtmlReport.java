package crossover.bench.report;

import static java.util.stream.Collectors.joining;

import crossover.bench.results.CrossoverMap;
import crossover.bench.results.Summary;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The report of one experiment as one HTML file that needs no network and no script. */
public final class HtmlReport {
  /**
   * The templates of the sections, in the order of the page: a new section is a file of its own and
   * a line here. Each is filled with the {@link Page}.
   */
  private static final List<String> SECTIONS =
      List.of(
          "map",
          "answer",
          "history",
          "cells",
          "exploratory",
          "validity",
          "limits",
          "reproduce",
          "environment");

  private HtmlReport() {}

  /**
   * The whole page.
   *
   * @param map drawn where the experiment is one
   * @param environment a JSON object that describes the machine, of any shape
   */
  public static String of(Summary summary, Optional<CrossoverMap> map, JsonNode environment) {
    Page page = Page.of(summary, map, environment);
    String sections =
        SECTIONS.stream()
            .map(name -> Templates.fill("sections/" + name + ".html", page))
            .collect(joining());
    return Templates.fill("report.html", new Filled(page, sections));
  }

  /** The page with its sections, for the frame around them. */
  record Filled(Page page, String sections) {
    String style() {
      return Templates.resource("report.css");
    }
  }
}
