package dev.sluice.runners.proof.report;

import dev.sluice.runners.proof.measure.Estimate;
import dev.sluice.runners.proof.measure.Measure;
import dev.sluice.runners.proof.measure.Outcome;
import dev.sluice.runners.proof.measure.ProofFile;
import dev.sluice.stages.evaluation.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A criterion of the proof, and whether the measured figure meets it.
 *
 * @param text the criterion
 * @param measured the figure
 * @param verdict whether it is met
 */
public record Criterion(String text, String measured, Verdict verdict) {

  /** Whether a criterion is met. */
  enum Verdict {
    MET("met"),
    MISSED("**missed**"),
    NOT_RUN("not run");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    static Verdict of(boolean met) {
      return met ? MET : MISSED;
    }
  }

  /** All criteria, for the mean over seeds. */
  static List<Criterion> all(List<Outcome> outcomes) {
    List<Criterion> criteria = new ArrayList<>();
    Optional<Outcome> quickstart = Outcome.find(outcomes, ProofFile.QUICKSTART);
    criteria.add(f1(quickstart, "majority", "one_vote", 0.15));
    criteria.add(f1(quickstart, "prm_one_vote", "one_vote", 0.08));
    criteria.add(f1(quickstart, "prm_greedy", "greedy", 0.30));
    for (Measure measure : List.of(Measure.SAMPLED, Measure.GREEDY)) {
      criteria.add(
          atLeast(
              "gain over the base, " + measure.title(),
              quickstart.map(outcome -> outcome.gain(measure).mean()),
              0.15));
    }
    criteria.add(atMost("judge/gap", quickstart.map(Outcome::gap), 0.15));
    for (Comparison comparison : Comparison.ALL) {
      for (Measure measure : List.of(Measure.SAMPLED, Measure.GREEDY)) {
        String text =
            "%s − %s, %s".formatted(comparison.ours(), comparison.theirs(), measure.title());
        Optional<Estimate> difference = comparison.difference(outcomes, measure);
        criteria.add(
            comparison.theirs().equals(ProofFile.CONTROL)
                ? atLeast(text, difference, -0.02)
                : above(text, difference));
      }
    }
    for (String file : List.of("hack", "base_judge")) {
      criteria.add(alarms(file, Outcome.find(outcomes, file), true));
    }
    for (String file : List.of(ProofFile.CONTROL, ProofFile.QUICKSTART, ProofFile.STEP_SHARE)) {
      criteria.add(alarms(file, Outcome.find(outcomes, file), false));
    }
    return criteria;
  }

  private static Criterion f1(
      Optional<Outcome> quickstart, String name, String from, double atLeast) {
    String f1 = "first_error_f1/";
    return atLeast(
        f1 + name + " − " + from,
        quickstart.flatMap(outcome -> outcome.difference(f1 + name, f1 + from)),
        atLeast);
  }

  static Criterion atLeast(String text, Optional<Estimate> measured, double bound) {
    return bounded(
        text + " at least " + bound(bound),
        measured,
        Verdict.of(measured.map(estimate -> estimate.mean() >= bound).orElse(false)));
  }

  static Criterion atMost(String text, Optional<Estimate> measured, double bound) {
    return bounded(
        text + " at most " + bound(bound),
        measured,
        Verdict.of(measured.map(estimate -> estimate.mean() <= bound).orElse(false)));
  }

  /** A difference above 0; the figure says so if the interval includes 0. */
  static Criterion above(String text, Optional<Estimate> difference) {
    Criterion criterion =
        bounded(
            text + " above 0",
            difference,
            Verdict.of(difference.map(estimate -> estimate.mean() > 0).orElse(false)));
    boolean unsure =
        difference
            .map(Estimate::interval)
            .map((Interval interval) -> interval.low() <= 0 && interval.high() >= 0)
            .orElse(false);
    return unsure
        ? new Criterion(
            criterion.text, criterion.measured + ", the interval includes 0", criterion.verdict)
        : criterion;
  }

  private static Criterion bounded(String text, Optional<Estimate> measured, Verdict verdict) {
    return new Criterion(
        text,
        measured.map(Estimate::signedBrief).orElse("–"),
        measured.isPresent() ? verdict : Verdict.NOT_RUN);
  }

  private static String bound(double bound) {
    return bound < 0 ? "−%.2f".formatted(-bound) : "%.2f".formatted(bound);
  }

  private static Criterion alarms(String file, Optional<Outcome> outcome, boolean ring) {
    String text =
        ring ? "an alarm rings in %s with every seed" : "no alarm rings in %s with any seed";
    return new Criterion(
        text.formatted(file),
        outcome.map(Outcome::alarmsText).orElse("–"),
        outcome
            .map(
                each ->
                    Verdict.of(
                        each.alarms().values().stream().allMatch(rang -> rang.isEmpty() != ring)))
            .orElse(Verdict.NOT_RUN));
  }

  /** A row for each criterion. */
  static String table(List<Criterion> criteria) {
    Markdown table = new Markdown("criterion", ">measured", "result");
    criteria.forEach(each -> table.row(each.text, each.measured, each.verdict.text));
    return table.toString();
  }
}
