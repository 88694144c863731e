package crossover.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class IntervalPlotTest {
  @Test
  void thePictureIsTheOneThatWasLookedAt() {
    assertThat(IntervalPlot.of(MadeUp.summary())).isEqualTo(Golden.text("intervals.svg"));
  }

  @Test
  void everyPrimaryComparisonIsADotAndALineOfFigures() throws Exception {
    Document picture =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(IntervalPlot.of(MadeUp.summary()))));

    assertThat(picture.getElementsByTagName("circle").getLength()).isEqualTo(20);
    assertThat(picture.getDocumentElement().getTextContent())
        .contains("0.804  (0.793 – 0.815)  slower", "1.043  (0.991 – 1.097)  inconclusive (+12)");
  }

  @Test
  void aRunWithoutFiguresIsStillAPicture() {
    assertThat(IntervalPlot.of(MadeUp.empty())).startsWith("<svg").endsWith("</svg>\n");
  }
}
