package dev.sluice.runners.proof.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runners.proof.measure.ProofRun;
import dev.sluice.runners.proof.report.Curve.Point;
import java.io.StringReader;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class PlotTest {
  private static final Curve RISING =
      new Curve(
          "quickstart",
          "#0072b2",
          List.of(new Point(0, 0.25, 0.25, 0.25), new Point(10, 0.5, 0.25, 0.75)));
  private static final Curve BEYOND =
      new Curve("a<b & c", "#cc79a7", List.of(new Point(0, 3.5, 3, 4), new Point(10, 9, 8, 10)));

  private static SortedMap<Integer, Double> series(double... values) {
    SortedMap<Integer, Double> series = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      series.put(i + 1, values[i]);
    }
    return series;
  }

  @Test
  void thePlotIsWellFormedAndHoldsEachLine() throws Exception {
    String svg =
        Plot.svg(
            List.of(
                new Panel("Accuracy & more", List.of(RISING, BEYOND)),
                new Panel("Reward", List.of(RISING)),
                new Panel("Longer", List.of())));
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)))
            .getDocumentElement();
    assertThat(root.getTagName()).isEqualTo("svg");
    assertThat(root.getElementsByTagName("g").getLength()).isEqualTo(3);
    assertThat(root.getElementsByTagName("polygon").getLength()).isEqualTo(2);
    NodeList lines = root.getElementsByTagName("polyline");
    assertThat(((Element) lines.item(0)).getAttribute("points"))
        .isEqualTo("44.0,243.5 335.0,177.0");
    assertThat(svg)
        .contains("Accuracy &amp; more")
        .contains("beyond this scale: a&lt;b &amp; c, 3.50 to 9.00");
  }

  @Test
  void labelsThatWouldTouchGiveWayToEachOther() {
    assertThat(Labels.spread(new double[] {50, 100, 30}, 10, 0, 200)).containsExactly(50, 100, 30);
    assertThat(Labels.spread(new double[] {52, 50, 100}, 10, 0, 200)).containsExactly(56, 46, 100);
    assertThat(Labels.spread(new double[] {200, 200, 199}, 10, 0, 200))
        .containsExactly(190, 200, 180);
    assertThat(Labels.spread(new double[] {1, 0, 14}, 10, 0, 200)).containsExactly(10, 0, 20);
    assertThat(Labels.spread(new double[0], 10, 0, 200)).isEmpty();
  }

  @Test
  void aLineIsTheMeanOfTheRoundsThatAllSeedsHave() {
    assertThat(Curve.over(List.of(series(0.25, 0.5, 0.75), series(0.75, 0.5))))
        .containsExactly(new Point(1, 0.5, 0.25, 0.75), new Point(2, 0.5, 0.5, 0.5));
  }

  @Test
  void rewardsAreAveragedOverFiveRounds() {
    assertThat(ProofRun.blocks(series(0, 1, 0, 1, 0.5, 1, 1, 1, 1, 1, 1, 1)))
        .isEqualTo(new TreeMap<>(java.util.Map.of(5, 0.5, 10, 1.0)));
  }
}
