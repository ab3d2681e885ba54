package dev.sluice.runners.proof.report;

import dev.sluice.export.Artifact;
import dev.sluice.records.manifest.Usage;
import dev.sluice.records.parquet.Tables;
import dev.sluice.runners.proof.measure.Estimate;
import dev.sluice.runners.proof.measure.JudgeCalls;
import dev.sluice.runners.proof.measure.Outcome;
import dev.sluice.runners.proof.measure.ProofRun;
import java.util.Locale;
import java.util.Objects;

/** First-error F1 of the judges, and their cost. */
final class JudgeTable {
  private JudgeTable() {}

  /** The table, from the quickstart's runs; the costs are the first seed's. */
  static String of(Outcome quickstart) {
    Artifact evaluation = quickstart.first().artifact("Evaluate");
    Markdown table =
        new Markdown("judge", "decoding", ">first-error F1", ">calls", ">generated tokens");
    judge(table, quickstart, evaluation, "untrained judge", "", "verifier");
    judge(table, quickstart, evaluation, "trained on labels", "prm_", "reward");
    return table.toString();
  }

  private static void judge(
      Markdown table,
      Outcome quickstart,
      Artifact evaluation,
      String name,
      String prefix,
      String judge) {
    JudgeCalls sampled = JudgeCalls.of(evaluation, judge, "initial");
    JudgeCalls greedy = JudgeCalls.of(evaluation, judge, "greedy");
    double perVote = sampled.tokensOfOne() / Math.max(1, sampled.callsOfOne());
    row(table, quickstart, name, "one vote", prefix + "one_vote", 1, perVote);
    row(table, quickstart, name, "greedy", prefix + "greedy", 1, greedy.tokensOfOne());
    row(
        table,
        quickstart,
        name,
        "majority of " + sampled.callsOfOne(),
        prefix + "majority",
        sampled.callsOfOne(),
        sampled.tokensOfOne());
  }

  private static void row(
      Markdown table,
      Outcome quickstart,
      String name,
      String decoding,
      String metric,
      long calls,
      double tokens) {
    table.row(
        name,
        decoding,
        quickstart.metric("first_error_f1/" + metric).map(Estimate::cell).orElse("–"),
        Long.toString(calls),
        String.format(Locale.ROOT, "%.0f", tokens));
  }

  /** The cost of the trained judge's labels and training. */
  static String cost(Outcome quickstart) {
    ProofRun run = quickstart.first();
    Usage votes = run.artifact("VerifySolutions").manifest().usage();
    Artifact reward = run.artifact("TrainReward");
    long draws = number(reward, "steps") * number(reward, "batch_size");
    double[] length = new double[2];
    reward.forEach(
        Tables.EXAMPLES,
        example -> {
          length[0] += example.prompt().length() + example.completion().length() + 1;
          length[1]++;
        });
    return String.format(
        Locale.ROOT,
        "The labels of the trained judge took %,d votes (%,d generated tokens). Its training drew %,d times from %,.0f examples of %.0f tokens on average, about %,.0f thousand tokens in total.\n",
        votes.calls(),
        votes.completionTokens(),
        draws,
        length[1],
        length[0] / length[1],
        draws * length[0] / length[1] / 1000);
  }

  private static long number(Artifact artifact, String key) {
    return ((Number) Objects.requireNonNull(artifact.manifest().config().get(key), key))
        .longValue();
  }
}
