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
      Cells: the mean over seeds, in brackets its 95 %% interval, below it the lowest and the highest seed. Each seed has %s test
      problems of its own, on which every file is tested; 8 samples at T = 1, 4 at T = 0.7, 1 greedy; the policy is that of the
      last round, never the best one. Intervals are percentile bootstraps of 2,000 seeded resamples: a resample draws each seed's
      problems with replacement, seed by seed, all samples of a problem together; its figure is the mean over seeds of the
      figure in each. They tell how sure a figure is for these trained models; how far another training may lie from it is
      what lowest and highest tell.
      """;

  private ProofPage() {}

  /** The page of all outcomes. */
  public static String of(List<Outcome> usual, List<Outcome> longer, List<String> unusable) {
    StringBuilder page = new StringBuilder();
    page.append(
        "# The proof\n\nWritten by `./dev proof`: the quickstart and its sister files, which differ in the reward alone.\n");
    page.append("\nSeeds: ").append(seeds(usual));
    page.append(" Rounds: ").append(rounds(usual)).append(".");
    String computedOn = computedOn(usual);
    page.append(computedOn.isEmpty() ? "" : " " + computedOn).append("\n");
    if (!unusable.isEmpty()) {
      page.append("\nLeft out:\n\n");
      unusable.forEach(each -> page.append("- ").append(each).append("\n"));
    }
    Optional<Outcome> quickstart = Outcome.find(usual, ProofFile.QUICKSTART);
    if (!usual.isEmpty()) {
      section(page, "What was promised", Promise.table(Promise.all(usual)));
      section(page, "Accuracy on held-out problems", PolicyTables.accuracy(usual));
      page.append("\n").append(HOW.formatted(problems(usual)));
      section(page, "Gain over the base, paired", PolicyTables.gains(usual));
      section(
          page,
          "Differences between files, paired",
          Comparison.table(usual, Comparison.ALL)
              + "\nThe difference is taken problem by problem, in the seeds that both files have, and its interval drawn as above.\n");
      section(
          page,
          "The reward, and the alarms",
          PolicyTables.rewards(usual)
              + "\n`judge/*`: the trained judge, one sampled vote, on what each file's trained policy writes at T = 1, whatever that file's own\nreward was. An alarm stands with the first round in which it rang.\n");
      page.append("\n![Accuracy and reward over rounds](proof.svg)\n");
    }
    quickstart.ifPresent(
        outcome -> {
          section(
              page,
              "The judges",
              JudgeTable.of(outcome)
                  + "\nCalls and tokens are those for one solution, of the first seed. "
                  + JudgeTable.cost(outcome));
          String rubric = RubricTable.of(outcome);
          if (!rubric.isEmpty()) {
            section(
                page,
                "The rubric as one more vote: first-error F1 of the labels",
                rubric + "\nPaired, 95 % intervals by bootstrap over problems.\n");
          }
        });
    if (!longer.isEmpty()) {
      section(page, "Longer: " + rounds(longer) + " rounds", PolicyTables.accuracy(longer));
      section(page, "Longer: gain over the base", PolicyTables.gains(longer));
      section(page, "Longer: the reward, and the alarms", PolicyTables.rewards(longer));
      section(
          page,
          "Longer: differences, paired",
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
