package dev.sluice.runners.proof.report;

import dev.sluice.runners.proof.measure.Outcome;
import dev.sluice.runners.proof.measure.ProofRun;
import java.util.ArrayList;
import java.util.List;

/**
 * The plot: panels two by two, on a background of its own so that it reads alike on a light and on
 * a dark page.
 */
public final class Plot {
  private static final int MARGIN = 12;
  private static final int FOOT = 16;

  private Plot() {}

  /** The plot of all outcomes: the usual runs in the first row, the longer ones in the second. */
  public static String of(List<Outcome> usual, List<Outcome> longer) {
    List<Panel> panels = new ArrayList<>();
    add(panels, usual, "");
    add(panels, longer, ", longer");
    return svg(panels);
  }

  private static void add(List<Panel> panels, List<Outcome> outcomes, String which) {
    if (!outcomes.isEmpty()) {
      panels.add(
          new Panel("Accuracy on dev, T = 1" + which, Curve.of(outcomes, ProofRun::accuracy)));
      panels.add(
          new Panel("Reward, mean of 5 rounds" + which, Curve.of(outcomes, ProofRun::reward)));
    }
  }

  /** The panels as one SVG document. */
  public static String svg(List<Panel> panels) {
    int rows = (panels.size() + 1) / 2;
    int width = 2 * Panel.WIDTH + 2 * MARGIN;
    int height = rows * Panel.HEIGHT + 2 * MARGIN + FOOT;
    List<String> svg = new ArrayList<>();
    svg.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"13\" fill=\"#111\">"
            .formatted(width, height));
    svg.add(
        "<rect x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#ffffff\" stroke=\"#d0d0d0\"/>"
            .formatted(width - 1, height - 1));
    for (int i = 0; i < panels.size(); i++) {
      svg.addAll(panels.get(i).svg(MARGIN + i % 2 * Panel.WIDTH, MARGIN + i / 2 * Panel.HEIGHT));
    }
    svg.add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" font-size=\"12\" fill=\"#444\">Lines: mean over seeds. Bands: lowest to highest seed.</text>"
            .formatted(width - MARGIN, height - MARGIN));
    svg.add("</svg>");
    return String.join("\n", svg) + "\n";
  }
}
