package crossover.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.results.Limit;
import crossover.bench.results.Limit.Outcome;
import crossover.bench.results.Summary;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FormatTest {
  private static final List<Limit> LIMITS =
      List.of(
          new Limit("--max-slowdown", "a", Outcome.PASSED, "one"),
          new Limit("--max-slowdown", "b", Outcome.FAILED, "two"),
          new Limit("--max-p99", "c", Outcome.UNDECIDED, "three"),
          new Limit("--max-errors", "d", Outcome.NOT_JUDGED, "four"));

  @Test
  void aComparisonIsATestCaseThatFailsWhereTheArmIsSlower() throws Exception {
    List<Element> cases = testCases(Format.JUNIT.of(MadeUp.summary()));

    assertThat(cases).hasSize(20 + 3);
    assertThat(with("failure", cases)).hasSize(11);
    assertThat(named("wrapped", "get", cases).getElementsByTagName("failure").item(0))
        .extracting(failure -> ((Element) failure).getAttribute("message"))
        .isEqualTo("slower: ratio 0.840 (95 % interval 0.823 – 0.858)");
  }

  @Test
  void inconclusiveIsSkippedAndNotValidIsAnError() throws Exception {
    List<Element> cases = testCases(Format.JUNIT.of(MadeUp.summary()));

    assertThat(with("skipped", cases)).containsExactly(named("native", "form", cases));
    assertThat(with("error", cases))
        .contains(named("virtual", "form", cases))
        .hasSize(1 + 1)
        .last()
        .extracting(gate -> gate.getAttribute("name"))
        .isEqualTo("warm");
  }

  @Test
  void aLimitOfTheUsersIsATestCase() throws Exception {
    Summary summary = MadeUp.summary().with(LIMITS, null);

    List<Element> all = testCases(Format.JUNIT.of(summary));
    List<Element> limits =
        all.stream().filter(c -> c.getAttribute("name").startsWith("--max")).toList();
    assertThat(limits)
        .extracting(c -> c.getAttribute("classname"))
        .containsExactly("a", "b", "c", "d");
    assertThat(with("failure", all)).as("slower is allowed").containsExactly(limits.get(1));
    assertThat(with("skipped", limits)).containsExactly(limits.get(2));
    assertThat(with("error", limits)).containsExactly(limits.get(3));
    assertThat(Format.MARKDOWN.of(summary))
        .contains("- `--max-slowdown` **passed**: one", "- `--max-errors` **not judged**: four");
    assertThat(ConsoleTable.of(summary, Path.of("here")))
        .contains("--max-slowdown failed: two", "Warning: --max-p99 undecided: three");
  }

  /** As Jenkins' junit-10.xsd requires; others show no suite without them. */
  @Test
  void everySuiteTellsItsNumbers() throws Exception {
    String xml = Format.JUNIT.of(MadeUp.summary().with(LIMITS, null));

    assertThat(suites(xml))
        .containsExactly(
            "comparisons: tests 20, failures 0, errors 1, skipped 1",
            "gates: tests 3, failures 0, errors 1, skipped 0",
            "limits: tests 4, failures 1, errors 1, skipped 1");
  }

  private static List<String> suites(String xml) {
    return Pattern.compile("<testsuite (?:[^>]*)>")
        .matcher(xml)
        .results()
        .map(tag -> Pattern.compile("(\\w+)=\"([^\"]*)\"").matcher(tag.group()))
        .map(found -> found.results().collect(Collectors.toMap(a -> a.group(1), a -> a.group(2))))
        .map(
            a ->
                "%s: tests %s, failures %s, errors %s, skipped %s"
                    .formatted(
                        a.get("name"),
                        a.get("tests"),
                        a.get("failures"),
                        a.get("errors"),
                        a.get("skipped")))
        .toList();
  }

  @Test
  void aLimitOnSomethingElseAllowsNoSlowdown() throws Exception {
    Summary summary = MadeUp.summary().with(LIMITS.subList(2, 4), null);

    assertThat(with("failure", testCases(Format.JUNIT.of(summary)))).hasSize(11);
    assertThat(suites(Format.JUNIT.of(summary)))
        .contains("comparisons: tests 20, failures 11, errors 1, skipped 1");
  }

  @Test
  void namesNeverBecomeMarkup() throws Exception {
    assertThat(Format.MARKDOWN.of(MadeUp.withNotice("a | b <i>\nc"))).contains("a \\| b \\<i> c");
    assertThat(Format.CSV.of(MadeUp.withArmCalled("a, \"b\"")))
        .contains(",throughput,true,sync,\"a, \"\"b\"\"\",");
    assertThat(testCases(Format.JUNIT.of(MadeUp.withArmCalled("<a> & \"b\"\u001b\f"))))
        .extracting(test -> test.getAttribute("name"))
        .contains("<a> & \"b\" compared with sync by throughput");
  }

  @Test
  void markdownHasTheAnswerAndARowForEveryPrimaryComparison() {
    String text = Format.MARKDOWN.of(MadeUp.summary());

    assertThat(text).contains("**Faster than sync: native in get (by 21 %)");
    assertThat(text.lines().filter(line -> line.matches("\\| [a-z-]+ \\| (capacity|throughput).*")))
        .hasSize(20)
        .contains("| get | throughput | native | 1.206 | 1.177 – 1.235 | ▲ faster |");
    assertThat(text).contains("**Not valid:** form · localhost · 32 users · virtual was still");
    assertThat(text).containsPattern("Such a run finds differences from .* in 4 of 5 cases");
    assertThat(text).endsWith("\n\n    " + MadeUp.summary().command() + "\n");
  }

  @Test
  void csvHasEveryComparisonInFullPrecisionAndNothingWhereNothingIsKnown() {
    List<String> lines = Format.CSV.of(MadeUp.withoutIntervals()).lines().toList();

    assertThat(lines).hasSize(1 + 60);
    assertThat(lines)
        .allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(15))
        .element(1)
        .asString()
        .startsWith("page,localhost,32,capacity,true,sync,wrapped,8,0.80412")
        .endsWith(",,,0.05,slower,false,0");
  }

  private static List<Element> testCases(String xml) throws Exception {
    NodeList found =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(xml)))
            .getElementsByTagName("testcase");
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  private static List<Element> with(String tag, List<Element> cases) {
    return cases.stream().filter(c -> c.getElementsByTagName(tag).getLength() > 0).toList();
  }

  private static Element named(String arm, String view, List<Element> cases) {
    return cases.stream()
        .filter(c -> c.getAttribute("name").startsWith(arm + " compared"))
        .filter(c -> c.getAttribute("classname").startsWith(view + " ·"))
        .findFirst()
        .orElseThrow();
  }
}
