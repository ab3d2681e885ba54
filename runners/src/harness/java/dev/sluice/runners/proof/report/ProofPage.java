package dev.sluice.runners.proof.report;

import dev.sluice.runners.proof.measure.Outcome;
import dev.sluice.runners.proof.measure.ProofFile;
import dev.sluice.runners.proof.measure.ProofRun;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page of the proof, as Markdown. */
public final class ProofPage {
  private static final String HOW =
      """
      A cell shows the mean over seeds with its 95 %% interval, and below it the lowest and the highest seed. Each seed has its own
      %s test problems, the same for every file. Samples per problem: 8 at T = 1, 4 at T = 0.7, 1 greedy. The policy is that of the
      last round, not the best one.

      Intervals are percentile bootstraps with 2,000 seeded resamples. A resample draws the problems of each seed with replacement,
      with all samples of a problem together, and its figure is the mean over seeds. An interval shows how certain the figure is
      for these trained models. The lowest and the highest seed show how much another training may differ.
      """;

  private ProofPage() {}

  /** The page of all outcomes. */
  public static String of(List<Outcome> usual, List<Outcome> longer, List<String> unusable) {
    StringBuilder page = new StringBuilder();
    page.append(
        "# Proof: the quickstart and other rewards\n\n`./dev proof` writes this page. It runs the quickstart and the files in `configs/proof`, which train the policy with another reward\nand are equal otherwise.\n");
    page.append("\nSeeds: ").append(seeds(usual));
    page.append(" Rounds: ").append(rounds(usual)).append(".");
    String computedOn = computedOn(usual);
    page.append(computedOn.isEmpty() ? "" : " " + computedOn).append("\n");
    if (!unusable.isEmpty()) {
      page.append("\nExcluded:\n\n");
      unusable.forEach(each -> page.append("- ").append(each).append("\n"));
    }
    Optional<Outcome> quickstart = Outcome.find(usual, ProofFile.QUICKSTART);
    if (!usual.isEmpty()) {
      section(page, "Criteria", Criterion.table(Criterion.all(usual)));
      section(page, "Accuracy on held-out problems", PolicyTables.accuracy(usual));
      page.append("\n").append(HOW.formatted(problems(usual)));
      section(page, "Gain over the base model, paired", PolicyTables.gains(usual));
      section(
          page,
          "Differences between files, paired",
          Comparison.table(usual, Comparison.ALL)
              + "\nDifferences are taken problem by problem over the seeds that both files have. Intervals are computed as above.\n");
      section(
          page,
          "Rewards and alarms",
          PolicyTables.rewards(usual)
              + "\n`judge/*` measures the trained judge (one sampled vote) on samples of each file's trained policy at T = 1, whatever reward the file\nuses. An alarm is listed with the first round in which it rang.\n");
      page.append("\n![Accuracy and reward over rounds](proof.svg)\n");
    }
    quickstart.ifPresent(
        outcome -> {
          section(
              page,
              "Judges",
              JudgeTable.of(outcome)
                  + "\nCalls and generated tokens are per solution, for the first seed. "
                  + JudgeTable.cost(outcome));
          String rubric = RubricTable.of(outcome);
          if (!rubric.isEmpty()) {
            section(
                page,
                "First-error F1 of the labels, with the rubric as an additional vote",
                rubric
                    + "\nIntervals are 95 % intervals by bootstrap over problems; differences are paired.\n");
          }
        });
    if (!longer.isEmpty()) {
      String which = rounds(longer) + " rounds: ";
      section(page, which + "accuracy", PolicyTables.accuracy(longer));
      section(page, which + "gain over the base model, paired", PolicyTables.gains(longer));
      section(page, which + "rewards and alarms", PolicyTables.rewards(longer));
      section(
          page,
          which + "differences, paired",
          Comparison.table(
              longer, List.of(new Comparison(ProofFile.QUICKSTART, ProofFile.CONTROL))));
    }
    return page.toString();
  }

  private static String computedOn(List<Outcome> outcomes) {
    return Processors.sentence(
        outcomes.stream()
            .flatMap(outcome -> outcome.runs().values().stream())
            .flatMap(ProofRun::computedOn));
  }

  private static void section(StringBuilder page, String title, String body) {
    page.append("\n## ").append(title).append("\n\n").append(body);
  }

  private static String seedsOf(List<Outcome> outcomes) {
    return outcomes.stream()
        .flatMap(outcome -> outcome.runs().keySet().stream())
        .distinct()
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  private static String seeds(List<Outcome> outcomes) {
    String all = seedsOf(outcomes);
    String fewer =
        outcomes.stream()
            .filter(outcome -> !seedsOf(List.of(outcome)).equals(all))
            .map(outcome -> outcome.file().name() + " has " + seedsOf(List.of(outcome)) + " only")
            .collect(Collectors.joining("; "));
    return all + "." + (fewer.isEmpty() ? "" : " " + fewer + ".");
  }

  private static String problems(List<Outcome> outcomes) {
    return outcomes.stream()
        .flatMap(outcome -> outcome.graded().values().stream())
        .map(graded -> graded.policy().size())
        .distinct()
        .map(String::valueOf)
        .collect(Collectors.joining(" or "));
  }

  private static String rounds(List<Outcome> outcomes) {
    return outcomes.stream()
        .map(outcome -> outcome.first().rounds())
        .distinct()
        .map(String::valueOf)
        .collect(Collectors.joining(" and "));
  }
}
