package dev.sluice.export.notebook;

import dev.sluice.export.Artifact;
import dev.sluice.records.Metric;
import dev.sluice.records.Rollout;
import dev.sluice.records.parquet.Tables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** How the training went: losses, rewards, the curve on dev, alarms, and what the policy writes. */
final class TrainingSection {
  private static final int SAMPLES = 4;
  private static final Map<String, String> MEANINGS =
      Map.of(
          "alarm/lines", "solutions grow or shrink",
          "alarm/appended", "text after the answer",
          "alarm/repetition", "lines that repeat",
          "alarm/acceptance", "the reward accepts more than a majority of first votes does",
          "alarm/divergence", "the reward climbs while accuracy on dev falls");

  private TrainingSection() {}

  static List<Cell> cells(Artifacts artifacts) {
    List<Cell> cells = new ArrayList<>();
    devCurve(artifacts, cells);
    line(
        artifacts,
        "policy",
        "reward/mean",
        "reward",
        new String[] {"Mean reward of the rollouts that train the policy", "round", "reward"},
        "#aa3377",
        cells);
    line(
        artifacts,
        "reward",
        "loss",
        "loss",
        new String[] {"Training loss of the reward model", "step", "loss"},
        "#4477aa",
        cells);
    if (!cells.isEmpty()) {
      cells.add(
          0,
          Cell.markdown(
              "training-text",
              "## Learning\n\nThe curve on dev is graded after the training, which it does not steer; the band is the 95 % interval over problems. A reward that climbs while accuracy does not is being hacked."));
    }
    alarms(artifacts, cells);
    samples(artifacts, cells);
    return cells;
  }

  private static void devCurve(Artifacts artifacts, List<Cell> cells) {
    List<Metric> dev =
        artifacts.metrics("evaluation", metric -> metric.step() == 1).stream()
            .sorted(Comparator.comparingInt(Metric::round))
            .toList();
    List<Chart.Point> accuracy = points(dev, "dev/accuracy");
    List<Chart.Point> reward = points(dev, "dev/reward");
    if (accuracy.isEmpty() && reward.isEmpty()) {
      return;
    }
    double low = 0;
    double high = 1;
    for (Chart.Point point : reward) {
      low = Math.min(low, point.y());
      high = Math.max(high, point.y());
    }
    cells.add(
        Cell.code(
            "curve",
            Chart.lines(
                "On dev: what the reward says, and what is right",
                "round",
                "share of solutions",
                List.of(
                    new Chart.Line("accuracy", "#228833", accuracy),
                    new Chart.Line("reward", "#aa3377", reward)),
                low,
                high)));
  }

  private static List<Chart.Point> points(List<Metric> dev, String name) {
    return Chart.points(
        dev.stream().filter(metric -> metric.name().equals(name)).toList(), Metric::round);
  }

  /** A chart of one metric by round or step; {@code texts} are title and names of the axes. */
  private static void line(
      Artifacts artifacts,
      String role,
      String metric,
      String cell,
      String[] texts,
      String colour,
      List<Cell> cells) {
    boolean byRound = texts[1].equals("round");
    List<Metric> found =
        artifacts.metrics(role, each -> each.name().equals(metric)).stream()
            .sorted(Comparator.comparingInt(byRound ? Metric::round : Metric::step))
            .toList();
    List<Chart.Point> points = Chart.points(found, byRound ? Metric::round : Metric::step);
    if (!points.isEmpty()) {
      cells.add(
          Cell.code(
              cell,
              Chart.lines(
                  texts[0], texts[1], texts[2], List.of(new Chart.Line(cell, colour, points)))));
    }
  }

  private static void alarms(Artifacts artifacts, List<Cell> cells) {
    List<List<String>> body = new ArrayList<>();
    for (String role : List.of("policy", "evaluation")) {
      List<Metric> metrics =
          artifacts
              .find(role)
              .map(Artifact::manifest)
              .map(made -> made.metrics())
              .orElse(List.of());
      for (Metric metric : metrics) {
        if (metric.name().startsWith("alarm/")) {
          int rang = (int) metric.value();
          body.add(
              List.of(
                  metric.name(),
                  MEANINGS.getOrDefault(metric.name(), ""),
                  rang == 0 ? "silent" : "rang in round " + rang));
        }
      }
    }
    if (!body.isEmpty()) {
      cells.add(
          Cell.markdown(
              "alarms-text",
              "## Alarms\n\nSigns that the policy pleases the reward in place of solving problems. Each says the first round in which it rang."));
      cells.add(
          Cell.code("alarms", Output.table(List.of("alarm", "what it watches", "state"), body, 3)));
    }
  }

  private static void samples(Artifacts artifacts, List<Cell> cells) {
    List<Rollout> looks = artifacts.rows("policy", Tables.DEV_ROLLOUTS);
    if (looks.isEmpty() || artifacts.find("dev").isEmpty()) {
      return;
    }
    Map<String, String> texts = LabelSection.questions(artifacts.rows("dev", Tables.PROBLEMS));
    TreeSet<Integer> rounds = new TreeSet<>();
    looks.forEach(rollout -> rounds.add(rollout.round()));
    List<String> html = new ArrayList<>();
    for (String problem : texts.keySet().stream().limit(SAMPLES).toList()) {
      for (int round : new TreeSet<>(List.of(rounds.first(), rounds.last()))) {
        for (Rollout rollout : looks) {
          if (rollout.problemId().equals(problem)
              && rollout.round() == round
              && rollout.groupIndex() == 0) {
            html.add(sample(texts.getOrDefault(problem, ""), rollout));
          }
        }
      }
    }
    cells.add(
        Cell.markdown(
            "policy-samples-text",
            "## What the policy writes\n\nThe first dev problems, before the first round and after the last. Colours are the reward's verdict on each step, grey where it gave none; they are not the truth."));
    cells.add(Cell.code("policy_samples", Output.html(String.join("\n", html))));
  }

  private static String sample(String question, Rollout rollout) {
    List<String> lines = List.of(rollout.completion().split("\n", -1));
    boolean judged = rollout.stepVerdicts().size() == lines.size();
    List<Boolean> verdicts = judged ? rollout.stepVerdicts() : Collections.emptyList();
    List<Steps.Step> steps = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      steps.add(new Steps.Step(lines.get(i), judged ? verdicts.get(i) : null, ""));
    }
    return Steps.html(
        "%s (round %d, reward %s)"
            .formatted(question, rollout.round(), Format.fixed(rollout.reward(), 2)),
        steps);
  }
}
