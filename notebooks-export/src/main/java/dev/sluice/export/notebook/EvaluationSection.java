package dev.sluice.export.notebook;

import dev.sluice.records.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The judges and the policy, as Evaluate measured them. */
final class EvaluationSection {
  /** Measures of scores alone, which are not compared before and after. */
  private static final String OF_SCORES =
      "(?!calibration/|noise_robustness/|generation_verification_gap/|compute_equivalent_gain/)";

  private static final Pattern COMPARED = Pattern.compile(OF_SCORES + "(.+)/(base|policy)(_.+)?");
  private static final Pattern SHOWN =
      Pattern.compile(
          "first_error_f1/|judge/|alarm/|calibration/.+_(accuracy|confidence)_\\d+$|"
              + OF_SCORES
              + ".+/(base|policy)(_.+)?$");

  private static final List<String> WAYS = List.of("one_vote", "greedy", "majority");

  private EvaluationSection() {}

  /** What is scored, with the colour of its line. */
  private static Map<String, String> colours() {
    Map<String, String> colours = new LinkedHashMap<>();
    colours.put("base", "#4477aa");
    colours.put("policy", "#228833");
    colours.put("stored", "#aa3377");
    return colours;
  }

  static List<Cell> cells(Artifacts artifacts) {
    Map<String, Metric> metrics = artifacts.finals("evaluation");
    List<Cell> cells = new ArrayList<>();
    judges(metrics, cells);
    policy(metrics, cells);
    reliability(metrics, cells);
    others(metrics, cells);
    return cells;
  }

  private static void judges(Map<String, Metric> metrics, List<Cell> cells) {
    if (metrics.keySet().stream().anyMatch(name -> name.startsWith("first_error_f1/"))) {
      List<List<String>> body = new ArrayList<>();
      judge("untrained verifier", "first_error_f1/", metrics, body);
      judge("trained reward model", "first_error_f1/prm_", metrics, body);
      cells.add(
          Cell.markdown(
              "judges-text",
              "## Judges\n\nHow well a judge finds the first wrong step of a solution, as F1 with its 95 % interval, at equal calls: by one vote, by its single most likely vote, and by the majority of many."));
      cells.add(
          Cell.code(
              "judges",
              Output.table(List.of("first-error F1", "one vote", "greedy", "majority"), body, 1)));
    }
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("accept", "share of solutions that it accepts");
    texts.put("gap", "that share less the share that is right");
    texts.put("false_accept", "share it accepts of the solutions that are wrong");
    List<List<String>> body = new ArrayList<>();
    texts.forEach(
        (name, text) -> {
          Metric metric = metrics.get("judge/" + name);
          if (metric != null) {
            body.add(List.of(text, Format.interval(metric)));
          }
        });
    if (!body.isEmpty()) {
      cells.add(
          Cell.markdown(
              "reward-judge-text",
              "What the reward makes of the solutions that the *trained* policy writes decides how far it carries; a policy that has learnt to please it shows here."));
      cells.add(
          Cell.code(
              "reward_judge",
              Output.table(List.of("the reward on what the policy writes now", "value"), body, 1)));
    }
  }

  private static void judge(
      String name, String prefix, Map<String, Metric> metrics, List<List<String>> body) {
    if (WAYS.stream().anyMatch(way -> metrics.containsKey(prefix + way))) {
      List<String> line = new ArrayList<>(List.of(name));
      WAYS.forEach(way -> line.add(Format.interval(metrics.get(prefix + way))));
      body.add(line);
    }
  }

  private static void policy(Map<String, Metric> metrics, List<Cell> cells) {
    Map<List<String>, Map<String, Metric>> measures = new LinkedHashMap<>();
    metrics.forEach(
        (name, metric) -> {
          Matcher found = COMPARED.matcher(name);
          if (found.matches()) {
            String how = found.group(3) == null ? "" : found.group(3);
            measures
                .computeIfAbsent(List.of(found.group(1), how), key -> new LinkedHashMap<>())
                .put(found.group(2), metric);
          }
        });
    List<List<String>> body = new ArrayList<>();
    measures.forEach(
        (key, found) -> {
          Metric base = found.get("base");
          Metric policy = found.get("policy");
          body.add(
              List.of(
                  label(key.get(0)) + way(key.get(1)),
                  Format.interval(base),
                  Format.interval(policy),
                  base == null || policy == null
                      ? "–"
                      : Format.signed(policy.value() - base.value(), 3)));
        });
    if (!body.isEmpty()) {
      cells.add(
          Cell.markdown(
              "policy-text",
              "## Policy\n\nThe policy before and after, on test problems that nothing else saw, with 95 % intervals over problems. A gain at temperature 1 that greedy decoding and the majority do not share is sharpening, not learning."));
      cells.add(
          Cell.code(
              "policy", Output.table(List.of("measure", "base", "trained", "gain"), body, 1)));
    }
  }

  private static String label(String measure) {
    return measure
        .replace("maj_at_", "majority of ")
        .replace("pass_at_", "pass at ")
        .replace("_", " ");
  }

  private static String way(String how) {
    return switch (how) {
      case "_t07" -> ", temperature 0.7";
      case "_greedy" -> ", greedy";
      default -> how.replace("_", " ");
    };
  }

  private static void reliability(Map<String, Metric> metrics, List<Cell> cells) {
    List<Chart.Line> lines = new ArrayList<>();
    lines.add(
        new Chart.Line(
            "perfect",
            "#bbbbbb",
            List.of(new Chart.Point(0, 0, 0, 0), new Chart.Point(100, 1, 1, 1))));
    colours()
        .forEach(
            (who, colour) -> {
              List<Chart.Point> bins = bins(who, metrics);
              if (!bins.isEmpty()) {
                lines.add(new Chart.Line(who, colour, bins));
              }
            });
    if (lines.size() > 1) {
      cells.add(
          Cell.markdown(
              "reliability-text",
              "## Calibration\n\nScores as probabilities: the share of solutions that are right among those of about one score, with 95 % intervals. On the grey line a score is what it says."));
      cells.add(
          Cell.code(
              "reliability",
              Chart.lines(
                  "Reliability of scores",
                  "score, in percent",
                  "share that is right",
                  lines,
                  0,
                  1)));
    }
  }

  private static List<Chart.Point> bins(String who, Map<String, Metric> metrics) {
    String accuracy = "calibration/" + who + "_accuracy_";
    List<Chart.Point> points = new ArrayList<>();
    metrics.forEach(
        (name, metric) -> {
          Metric score =
              name.startsWith(accuracy)
                  ? metrics.get(
                      "calibration/" + who + "_confidence_" + name.substring(accuracy.length()))
                  : null;
          Double low = metric.low();
          Double high = metric.high();
          if (score != null && low != null && high != null) {
            points.add(
                new Chart.Point((int) Math.rint(100 * score.value()), metric.value(), low, high));
          }
        });
    points.sort(Comparator.comparingInt(Chart.Point::x).thenComparingDouble(Chart.Point::y));
    return points;
  }

  private static void others(Map<String, Metric> metrics, List<Cell> cells) {
    List<List<String>> body = new ArrayList<>();
    metrics.forEach(
        (name, metric) -> {
          if (!SHOWN.matcher(name).lookingAt()) {
            Integer n = metric.n();
            body.add(List.of(name, Format.interval(metric), n == null ? "" : Format.count(n)));
          }
        });
    if (!body.isEmpty()) {
      cells.add(
          Cell.markdown(
              "measures-text",
              (cells.isEmpty()
                      ? "## Measures\n\nWhat Evaluate worked out"
                      : "## Other measures\n\nWhat else Evaluate worked out")
                  + ", with 95 % intervals and the number of problems behind each value."));
      cells.add(Cell.code("measures", Output.table(List.of("measure", "value", "n"), body, 1)));
    }
  }
}
