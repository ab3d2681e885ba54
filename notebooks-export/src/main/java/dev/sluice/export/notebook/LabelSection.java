package dev.sluice.export.notebook;

import dev.sluice.records.Problem;
import dev.sluice.records.StepLabel;
import dev.sluice.records.parquet.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How good the labels are by their own light: how the votes agree, and samples to look at. */
final class LabelSection {
  private static final int SAMPLES = 3;

  private LabelSection() {}

  static List<Cell> cells(Artifacts artifacts) {
    List<StepLabel> labels = artifacts.rows("labels", Tables.STEP_LABELS);
    List<Cell> cells = new ArrayList<>();
    if (labels.isEmpty()) {
      return cells;
    }
    List<StepLabel> labelled =
        labels.stream().filter(label -> label.status().equals("labelled")).toList();
    List<Double> agreement =
        labelled.stream().flatMap(label -> label.agreement().stream()).toList();
    cells.add(
        Cell.markdown(
            "labels-text",
            "## Labels\n\nEvery solution gets a row; those that are *labelled* train the reward model. No reference is read here: agreement says how sure the votes are of themselves, not how right they are."));
    cells.add(Cell.code("labels", statuses(labels), summary(labelled, agreement)));
    if (!agreement.isEmpty()) {
      cells.add(Cell.code("agreement", histogram(agreement)));
      cells.add(Cell.code("positions", positions(labelled)));
    }
    samples(artifacts, labelled, cells);
    return cells;
  }

  private static Output statuses(List<StepLabel> labels) {
    Map<String, Integer> statuses = new TreeMap<>();
    labels.forEach(label -> statuses.merge(label.status(), 1, Integer::sum));
    List<List<String>> body = new ArrayList<>();
    statuses.forEach(
        (status, count) ->
            body.add(
                List.of(
                    status,
                    Format.count(count),
                    Format.fixed(100.0 * count / labels.size(), 1) + " %")));
    return Output.table(List.of("status", "solutions", "share"), body, 1);
  }

  private static Output summary(List<StepLabel> labelled, List<Double> agreement) {
    long right = labelled.stream().filter(label -> Boolean.TRUE.equals(label.outcome())).count();
    List<Boolean> verdicts =
        labelled.stream().flatMap(label -> label.stepLabels().stream()).toList();
    List<Double> votes = labelled.stream().map(label -> (double) label.votes()).toList();
    return Output.table(
        List.of("of the labelled solutions", "value"),
        List.of(
            List.of("called correct", ofAll(right, labelled.size())),
            List.of(
                "steps called correct",
                ofAll(verdicts.stream().filter(verdict -> verdict).count(), verdicts.size())),
            List.of(
                "mean agreement of the votes on a step", Format.fixed(Format.mean(agreement), 3)),
            List.of("mean number of valid votes", Format.fixed(Format.mean(votes), 2))),
        1);
  }

  private static String ofAll(long some, long all) {
    return Format.count(some) + " of " + Format.count(all);
  }

  private static Output histogram(List<Double> agreement) {
    long[] bins = new long[10];
    for (double share : agreement) {
      bins[Math.min(9, Math.max(0, (int) ((share - 0.5) * 20)))]++;
    }
    List<Chart.Bar> bars = new ArrayList<>();
    for (int i = 0; i < bins.length; i++) {
      bars.add(new Chart.Bar(Format.fixed(0.5 + 0.05 * i, 2), bins[i]));
    }
    return Chart.bars(
        "Agreement of the votes on each labelled step",
        "share of the votes that agree, lower end of each bar",
        "steps",
        bars);
  }

  private static Output positions(List<StepLabel> labelled) {
    Map<Integer, List<Double>> positions = new TreeMap<>();
    for (StepLabel label : labelled) {
      for (int i = 0; i < label.agreement().size(); i++) {
        positions.computeIfAbsent(i + 1, key -> new ArrayList<>()).add(label.agreement().get(i));
      }
    }
    List<Chart.Point> points = new ArrayList<>();
    positions.forEach(
        (step, shares) -> {
          double mean = Format.mean(shares);
          points.add(new Chart.Point(step, mean, mean, mean));
        });
    return Chart.lines(
        "Agreement by the step's place in the solution",
        "step",
        "mean agreement",
        List.of(new Chart.Line("agreement", "#4477aa", points)),
        0.5,
        1.0);
  }

  private static void samples(Artifacts artifacts, List<StepLabel> labelled, List<Cell> cells) {
    Map<String, Map<Boolean, StepLabel>> chosen = new LinkedHashMap<>();
    for (StepLabel label : labelled) {
      if (!label.stepLabels().isEmpty()) {
        chosen
            .computeIfAbsent(label.problemId(), problem -> new HashMap<>())
            .putIfAbsent(Boolean.TRUE.equals(label.outcome()), label);
      }
    }
    if (chosen.isEmpty() || artifacts.find("problems").isEmpty()) {
      return;
    }
    Map<String, String> texts = questions(artifacts.rows("problems", Tables.PROBLEMS));
    List<Map.Entry<String, Map<Boolean, StepLabel>>> both =
        chosen.entrySet().stream().filter(entry -> entry.getValue().size() == 2).toList();
    List<Map.Entry<String, Map<Boolean, StepLabel>>> several =
        both.isEmpty() ? List.copyOf(chosen.entrySet()) : both;
    List<String> html = new ArrayList<>();
    for (var entry : several.subList(0, Math.min(SAMPLES, several.size()))) {
      for (boolean outcome : new boolean[] {true, false}) {
        StepLabel label = entry.getValue().get(outcome);
        if (label != null) {
          html.add(sample(texts.getOrDefault(entry.getKey(), ""), outcome, label));
        }
      }
    }
    cells.add(
        Cell.markdown(
            "samples-text",
            "### Samples\n\nSolutions of the first problems of which the consensus calls one correct and one not. Green steps are called correct, red ones incorrect, with the share of the votes that agree."));
    cells.add(Cell.code("samples", Output.html(String.join("\n", html))));
  }

  private static String sample(String question, boolean outcome, StepLabel label) {
    List<Steps.Step> steps = new ArrayList<>();
    int count =
        Math.min(
            label.steps().size(), Math.min(label.stepLabels().size(), label.agreement().size()));
    for (int i = 0; i < count; i++) {
      steps.add(
          new Steps.Step(
              label.steps().get(i),
              label.stepLabels().get(i),
              "  " + Format.fixed(100 * label.agreement().get(i), 0) + " % agree"));
    }
    return Steps.html(
        "%s (called %s, %d votes)"
            .formatted(question, outcome ? "correct" : "incorrect", label.votes()),
        steps);
  }

  /** Each problem's question by its id, in order. */
  static Map<String, String> questions(List<Problem> problems) {
    Map<String, String> questions = new LinkedHashMap<>();
    problems.forEach(problem -> questions.put(problem.problemId(), problem.question()));
    return questions;
  }
}
