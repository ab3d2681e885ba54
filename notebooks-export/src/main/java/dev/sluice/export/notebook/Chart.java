package dev.sluice.export.notebook;

import static dev.sluice.export.notebook.Format.escape;
import static dev.sluice.export.notebook.Format.fixed;

import dev.sluice.records.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Charts as SVG: the same marks at the same places as the notebook's own Python draws. */
final class Chart {
  private static final int MAX_DOTS = 60;
  private static final List<Double> STEPS =
      List.of(
          0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0,
          100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0);

  private Chart() {}

  /**
   * A point.
   *
   * @param x its place along
   * @param y its value
   * @param low lower end of the interval; the value where there is none
   * @param high upper end of the interval; the value where there is none
   */
  record Point(int x, double y, double low, double high) {}

  /** A line with its name and colour. */
  record Line(String name, String colour, List<Point> points) {}

  /** A bar. */
  record Bar(String label, long count) {}

  /** The metrics with finite values as points. */
  static List<Point> points(List<Metric> metrics, ToIntFunction<Metric> x) {
    List<Point> points = new ArrayList<>();
    for (Metric metric : metrics) {
      if (Double.isFinite(metric.value())) {
        Double low = metric.low();
        Double high = metric.high();
        points.add(
            new Point(
                x.applyAsInt(metric),
                metric.value(),
                low == null ? metric.value() : low,
                high == null ? metric.value() : high));
      }
    }
    return points;
  }

  /** Lines over the whole range of their values. */
  static Output lines(String title, String xName, String yName, List<Line> lines) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Line line : lines) {
      for (Point point : line.points()) {
        low = Math.min(low, point.low());
        high = Math.max(high, point.high());
      }
    }
    return low == high
        ? lines(title, xName, yName, lines, low - 0.5, high + 0.5)
        : lines(title, xName, yName, lines, low, high);
  }

  /** Lines over a given range of values. */
  static Output lines(
      String title, String xName, String yName, List<Line> lines, double low, double high) {
    double span = high - low;
    double up = STEPS.stream().filter(step -> step * 6 >= span).findFirst().orElse(span);
    double bottom = Math.floor(low / up) * up;
    double top = Math.ceil(high / up) * up;
    Scale scale = Scale.of(lines, bottom, top);
    List<String> svg = frame(title, xName, yName);
    List<String> numbers = new ArrayList<>(List.of(title));
    int ticks = (int) Math.floor((top - bottom) / up + 1.5);
    for (int i = 0; i < ticks; i++) {
      double y = bottom + up * i;
      svg.add(
          "<line x1=\"60\" y1=\"%s\" x2=\"500\" y2=\"%s\" stroke=\"#ddd\"/>"
              .formatted(scale.y(y), scale.y(y)));
      svg.add(
          "<text x=\"54\" y=\"%s\" text-anchor=\"end\">%s</text>"
              .formatted(scale.y(y, 4), fixed(y, up >= 0.01 ? 2 : 3)));
    }
    int width = scale.last - scale.first;
    int along =
        STEPS.stream()
            .filter(step -> step >= 1 && step * 8 >= width)
            .findFirst()
            .map(Double::intValue)
            .orElse(width);
    for (int x = -Math.floorDiv(-scale.first, along) * along; x <= scale.last; x += along) {
      svg.add("<text x=\"%s\" y=\"260\" text-anchor=\"middle\">%d</text>".formatted(scale.x(x), x));
    }
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      marks(svg, line, scale);
      svg.add(
          "<rect x=\"516\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>"
              .formatted(44 + 20 * i, line.colour()));
      svg.add("<text x=\"534\" y=\"%d\">%s</text>".formatted(54 + 20 * i, escape(line.name())));
      for (Point p : line.points()) {
        numbers.add(
            "%s, %s %d: %s [%s, %s]"
                .formatted(
                    line.name(),
                    xName,
                    p.x(),
                    fixed(p.y(), 3),
                    fixed(p.low(), 3),
                    fixed(p.high(), 3)));
      }
    }
    svg.add("</svg>");
    return Output.picture(svg, numbers);
  }

  private static void marks(List<String> svg, Line line, Scale scale) {
    List<Point> points = line.points();
    List<String> path = new ArrayList<>();
    List<String> edge = new ArrayList<>();
    points.forEach(p -> path.add(scale.x(p.x()) + "," + scale.y(p.y())));
    points.forEach(p -> edge.add(scale.x(p.x()) + "," + scale.y(p.high())));
    for (int i = points.size() - 1; i >= 0; i--) {
      edge.add(scale.x(points.get(i).x()) + "," + scale.y(points.get(i).low()));
    }
    if (points.stream().anyMatch(p -> p.low() < p.high())) {
      svg.add(
          "<polygon points=\"%s\" fill=\"%s\" fill-opacity=\"0.15\"/>"
              .formatted(String.join(" ", edge), line.colour()));
    }
    svg.add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>"
            .formatted(String.join(" ", path), line.colour()));
    if (points.size() <= MAX_DOTS) {
      for (Point p : points) {
        svg.add(
            "<circle cx=\"%s\" cy=\"%s\" r=\"3\" fill=\"%s\"/>"
                .formatted(scale.x(p.x()), scale.y(p.y()), line.colour()));
      }
    }
  }

  /** Bars; at least one. */
  static Output bars(String title, String xName, String yName, List<Bar> bars) {
    long most = Math.max(1, bars.stream().mapToLong(Bar::count).max().orElse(0));
    double width = 440.0 / bars.size();
    List<String> svg = frame(title, xName, yName);
    List<String> numbers = new ArrayList<>(List.of(title));
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double x = 60 + i * width;
      double height = (double) bar.count() / most * 190;
      String middle = fixed(x + width / 2, 1);
      svg.add(
          "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"#4477aa\"/>"
              .formatted(
                  fixed(x + 3, 1), fixed(240 - height, 1), fixed(width - 6, 1), fixed(height, 1)));
      svg.add(
          "<text x=\"%s\" y=\"%s\" text-anchor=\"middle\">%s</text>"
              .formatted(middle, fixed(236 - height, 1), Format.count(bar.count())));
      svg.add(
          "<text x=\"%s\" y=\"256\" text-anchor=\"middle\">%s</text>"
              .formatted(middle, escape(bar.label())));
      numbers.add(bar.label() + ": " + Format.count(bar.count()));
    }
    svg.add("</svg>");
    return Output.picture(svg, numbers);
  }

  private static List<String> frame(String title, String xName, String yName) {
    return new ArrayList<>(
        List.of(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"680\" height=\"290\" viewBox=\"0 0 680 290\" font-family=\"sans-serif\" font-size=\"12\">",
            "<rect width=\"680\" height=\"290\" fill=\"white\"/>",
            "<text x=\"60\" y=\"22\" font-size=\"14\" font-weight=\"bold\">%s</text>"
                .formatted(escape(title)),
            "<text x=\"280\" y=\"282\" text-anchor=\"middle\">%s</text>".formatted(escape(xName)),
            "<text transform=\"rotate(-90)\" x=\"-140\" y=\"14\" text-anchor=\"middle\">%s</text>"
                .formatted(escape(yName))));
  }

  /** Where values lie in the picture. */
  private record Scale(int first, int last, double low, double high) {

    static Scale of(List<Line> lines, double low, double high) {
      int first = Integer.MAX_VALUE;
      int last = Integer.MIN_VALUE;
      for (Line line : lines) {
        for (Point point : line.points()) {
          first = Math.min(first, point.x());
          last = Math.max(last, point.x());
        }
      }
      return new Scale(first, Math.max(last, first + 1), low, high);
    }

    String x(int x) {
      return fixed(60 + (double) (x - first) / (last - first) * 440, 1);
    }

    String y(double y) {
      return y(y, 0);
    }

    String y(double y, int down) {
      return fixed(240 - (y - low) / (high - low) * 200 + down, 1);
    }
  }
}
