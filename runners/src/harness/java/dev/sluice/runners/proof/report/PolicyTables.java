package dev.sluice.runners.proof.report;

import dev.sluice.runners.proof.measure.Estimate;
import dev.sluice.runners.proof.measure.Measure;
import dev.sluice.runners.proof.measure.Outcome;
import dev.sluice.runners.proof.measure.Strata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** Accuracy, reward and alarms of each file's policy: one row per file. */
final class PolicyTables {
  private PolicyTables() {}

  /** The accuracy of each policy; the base model comes first. */
  static String accuracy(List<Outcome> outcomes) {
    Markdown table = byMeasure();
    // Every file starts from the same base, which draws the same samples in all of them.
    row(table, "base", "none (before training)", widest(outcomes), Outcome::base, false);
    for (Outcome outcome : outcomes) {
      row(table, outcome.file().name(), outcome.file().reward(), outcome, Outcome::policy, false);
    }
    return table.toString();
  }

  /** The accuracy minus that of the base model, paired by problem. */
  static String gains(List<Outcome> outcomes) {
    Markdown table = byMeasure();
    for (Outcome outcome : outcomes) {
      row(table, outcome.file().name(), outcome.file().reward(), outcome, Outcome::gain, true);
    }
    return table.toString();
  }

  private static Outcome widest(List<Outcome> outcomes) {
    return outcomes.stream()
        .reduce((one, other) -> other.runs().size() > one.runs().size() ? other : one)
        .orElseThrow();
  }

  private static Markdown byMeasure() {
    List<String> titles = new ArrayList<>(List.of("file", "reward"));
    Arrays.stream(Measure.values()).forEach(measure -> titles.add(">" + measure.title()));
    return new Markdown(titles.toArray(String[]::new));
  }

  private static void row(
      Markdown table,
      String name,
      String reward,
      Outcome outcome,
      BiFunction<Outcome, Measure, Strata> values,
      boolean signed) {
    List<String> cells = new ArrayList<>(List.of(name, reward));
    for (Measure measure : Measure.values()) {
      Estimate estimate = values.apply(outcome, measure).mean();
      cells.add(signed ? estimate.signedCell() : estimate.cell());
    }
    table.row(cells);
  }

  /** Errors of the trained judge on the policy's samples, the reward, the alarms. */
  static String rewards(List<Outcome> outcomes) {
    Markdown table =
        new Markdown(
            "file",
            ">judge/gap",
            ">judge/false_accept",
            ">reward, first round",
            ">reward, last round",
            "alarms (seed: name@round)");
    for (Outcome outcome : outcomes) {
      table.row(
          outcome.file().name(),
          outcome.gap().signedCell(),
          outcome.falseAccept().cell(),
          outcome.metric("reward/first_round").map(Estimate::cell).orElse("–"),
          outcome.metric("reward/last_round").map(Estimate::cell).orElse("–"),
          outcome.alarmsText());
    }
    return table.toString();
  }
}
