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
 * Something that was promised before it was measured, and what came of it.
 *
 * @param text the promise
 * @param measured the figure
 * @param verdict whether it was held
 */
public record Promise(String text, String measured, Verdict verdict) {

  /** What became of a promise. */
  enum Verdict {
    HELD("held"),
    MISSED("**missed**"),
    NOT_RUN("not run");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    static Verdict of(boolean held) {
      return held ? HELD : MISSED;
    }
  }

  /** All promises, in the mean over seeds. */
  static List<Promise> all(List<Outcome> outcomes) {
    List<Promise> promises = new ArrayList<>();
    Optional<Outcome> quickstart = Outcome.find(outcomes, ProofFile.QUICKSTART);
    promises.add(f1(quickstart, "majority", "one_vote", 0.15));
    promises.add(f1(quickstart, "prm_one_vote", "one_vote", 0.08));
    promises.add(f1(quickstart, "prm_greedy", "greedy", 0.30));
    for (Measure measure : List.of(Measure.SAMPLED, Measure.GREEDY)) {
      promises.add(
          atLeast(
              "gain over the base, " + measure.title(),
              quickstart.map(outcome -> outcome.gain(measure).mean()),
              0.15));
    }
    promises.add(atMost("judge/gap", quickstart.map(Outcome::gap), 0.15));
    for (Comparison comparison : Comparison.ALL) {
      for (Measure measure : List.of(Measure.SAMPLED, Measure.GREEDY)) {
        String text =
            "%s − %s, %s".formatted(comparison.ours(), comparison.theirs(), measure.title());
        Optional<Estimate> difference = comparison.difference(outcomes, measure);
        promises.add(
            comparison.theirs().equals(ProofFile.CONTROL)
                ? atLeast("the aim: " + text, difference, -0.02)
                : above(text, difference));
      }
    }
    for (String file : List.of("hack", "base_judge")) {
      promises.add(alarms(file, Outcome.find(outcomes, file), true));
    }
    for (String file : List.of(ProofFile.CONTROL, ProofFile.QUICKSTART, ProofFile.STEP_SHARE)) {
      promises.add(alarms(file, Outcome.find(outcomes, file), false));
    }
    return promises;
  }

  private static Promise f1(
      Optional<Outcome> quickstart, String name, String from, double atLeast) {
    String f1 = "first_error_f1/";
    return atLeast(
        f1 + name + " − " + from,
        quickstart.flatMap(outcome -> outcome.difference(f1 + name, f1 + from)),
        atLeast);
  }

  static Promise atLeast(String text, Optional<Estimate> measured, double bound) {
    return bounded(
        text + " at least " + bound(bound),
        measured,
        Verdict.of(measured.map(estimate -> estimate.mean() >= bound).orElse(false)));
  }

  static Promise atMost(String text, Optional<Estimate> measured, double bound) {
    return bounded(
        text + " at most " + bound(bound),
        measured,
        Verdict.of(measured.map(estimate -> estimate.mean() <= bound).orElse(false)));
  }

  /** A difference above 0; if the interval holds 0, that is said. */
  static Promise above(String text, Optional<Estimate> difference) {
    Promise promise =
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
        ? new Promise(promise.text, promise.measured + ", the interval holds 0", promise.verdict)
        : promise;
  }

  private static Promise bounded(String text, Optional<Estimate> measured, Verdict verdict) {
    return new Promise(
        text,
        measured.map(Estimate::signedBrief).orElse("–"),
        measured.isPresent() ? verdict : Verdict.NOT_RUN);
  }

  private static String bound(double bound) {
    return bound < 0 ? "−%.2f".formatted(-bound) : "%.2f".formatted(bound);
  }

  private static Promise alarms(String file, Optional<Outcome> outcome, boolean ring) {
    String text =
        ring ? "an alarm rings in %s, each seed" : "every alarm is silent in %s, each seed";
    return new Promise(
        text.formatted(file),
        outcome.map(Outcome::alarmsText).orElse("–"),
        outcome
            .map(
                each ->
                    Verdict.of(
                        each.alarms().values().stream().allMatch(rang -> rang.isEmpty() != ring)))
            .orElse(Verdict.NOT_RUN));
  }

  /** The checklist. */
  static String table(List<Promise> promises) {
    Markdown table = new Markdown("promise", ">measured", "");
    promises.forEach(each -> table.row(each.text, each.measured, each.verdict.text));
    return table.toString();
  }
}
