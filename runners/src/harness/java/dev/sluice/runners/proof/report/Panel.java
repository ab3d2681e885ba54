package dev.sluice.runners.proof.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One picture of lines over rounds, of values from 0 to 1, with each line's name at its end. A line
 * that leaves this scale is not drawn; a text names it.
 *
 * @param title what it shows
 * @param curves its lines, drawn so that the first lies on top
 */
public record Panel(String title, List<Curve> curves) {
  static final int WIDTH = 500;
  static final int HEIGHT = 370;

  private static final int LEFT = 44;
  private static final int RIGHT = 335;
  private static final int TOP = 44;
  private static final int BOTTOM = 310;
  private static final int LABEL = RIGHT + 26;
  private static final int LABEL_GAP = 16;
  private static final double OFF_SCALE = 1.05;
  private static final List<Integer> STEPS = List.of(1, 2, 5, 10, 20, 40, 50, 100, 200, 500);

  /** The picture, its upper left corner at this place. */
  List<String> svg(int x, int y) {
    List<Curve> drawn = curves.stream().filter(curve -> curve.highest() <= OFF_SCALE).toList();
    List<Curve> beyond = curves.stream().filter(curve -> curve.highest() > OFF_SCALE).toList();
    int rounds = Math.max(1, curves.stream().mapToInt(curve -> curve.last().x()).max().orElse(1));
    List<String> svg = new ArrayList<>();
    svg.add("<g transform=\"translate(%d,%d)\">".formatted(x, y));
    svg.add(
        "<text x=\"%d\" y=\"24\" font-size=\"15\" font-weight=\"bold\">%s</text>"
            .formatted(LEFT, escape(title)));
    axes(svg, rounds);
    for (int i = drawn.size() - 1; i >= 0; i--) {
      band(svg, drawn.get(i), rounds);
    }
    for (int i = drawn.size() - 1; i >= 0; i--) {
      line(svg, drawn.get(i), rounds);
    }
    labels(svg, drawn, rounds);
    for (int i = 0; i < beyond.size(); i++) {
      Curve curve = beyond.get(i);
      svg.add(
          "<text x=\"%d\" y=\"%d\" font-size=\"12\" fill=\"#444\">beyond this scale: %s, %s to %s</text>"
              .formatted(
                  LEFT,
                  HEIGHT - 6 - 15 * i,
                  escape(curve.name()),
                  decimal(curve.points().get(0).mean(), 2),
                  decimal(curve.last().mean(), 2)));
    }
    svg.add("</g>");
    return svg;
  }

  private static void axes(List<String> svg, int rounds) {
    for (int i = 0; i <= 5; i++) {
      double value = i / 5.0;
      svg.add(
          "<line x1=\"%d\" y1=\"%s\" x2=\"%d\" y2=\"%s\" stroke=\"%s\"/>"
              .formatted(LEFT, down(value, 0), RIGHT, down(value, 0), i == 0 ? "#888" : "#e4e4e4"));
      svg.add(
          "<text x=\"%d\" y=\"%s\" text-anchor=\"end\" fill=\"#444\">%s</text>"
              .formatted(LEFT - 8, down(value, 4), decimal(value, 1)));
    }
    int step = STEPS.stream().filter(each -> each * 8 >= rounds).findFirst().orElse(rounds);
    for (int round = 0; round <= rounds; round += step) {
      svg.add(
          "<text x=\"%s\" y=\"%d\" text-anchor=\"middle\" fill=\"#444\">%d</text>"
              .formatted(across(round, rounds), BOTTOM + 18, round));
    }
    svg.add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#444\">round</text>"
            .formatted((LEFT + RIGHT) / 2, BOTTOM + 36));
  }

  private static void band(List<String> svg, Curve curve, int rounds) {
    if (curve.points().stream().allMatch(point -> point.low() == point.high())) {
      return;
    }
    List<String> edge = new ArrayList<>();
    for (Curve.Point point : curve.points()) {
      edge.add(across(point.x(), rounds) + "," + down(point.high(), 0));
    }
    for (int i = curve.points().size() - 1; i >= 0; i--) {
      Curve.Point point = curve.points().get(i);
      edge.add(across(point.x(), rounds) + "," + down(point.low(), 0));
    }
    svg.add(
        "<polygon points=\"%s\" fill=\"%s\" fill-opacity=\"0.12\"/>"
            .formatted(String.join(" ", edge), curve.colour()));
  }

  private static void line(List<String> svg, Curve curve, int rounds) {
    svg.add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-linejoin=\"round\"/>"
            .formatted(
                curve.points().stream()
                    .map(point -> across(point.x(), rounds) + "," + down(point.mean(), 0))
                    .collect(Collectors.joining(" ")),
                curve.colour(),
                curve.ours() ? "3" : "2"));
  }

  /** The names at the ends of the lines, each tied to its end where it had to give way. */
  private static void labels(List<String> svg, List<Curve> curves, int rounds) {
    double[] ends = curves.stream().mapToDouble(curve -> y(curve.last().mean())).toArray();
    double[] places = Labels.spread(ends, LABEL_GAP, TOP, BOTTOM);
    for (int i = 0; i < places.length; i++) {
      Curve curve = curves.get(i);
      svg.add(
          "<polyline points=\"%s,%s %d,%s %d,%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.2\"/>"
              .formatted(
                  across(curve.last().x(), rounds),
                  decimal(ends[i], 1),
                  LABEL - 10,
                  decimal(places[i], 1),
                  LABEL - 3,
                  decimal(places[i], 1),
                  curve.colour()));
      svg.add(
          "<text x=\"%d\" y=\"%s\"%s>%s</text>"
              .formatted(
                  LABEL,
                  decimal(places[i] + 4, 1),
                  curve.ours() ? " font-weight=\"bold\"" : "",
                  escape(curve.name())));
    }
  }

  private static String across(int round, int rounds) {
    return decimal(LEFT + (double) round / rounds * (RIGHT - LEFT), 1);
  }

  private static double y(double value) {
    return BOTTOM - Math.min(1.0, value) * (BOTTOM - TOP);
  }

  private static String down(double value, int lower) {
    return decimal(y(value) + lower, 1);
  }

  private static String decimal(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
