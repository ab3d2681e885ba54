package dev.sluice.stages.selection;

import dev.sluice.methods.selection.Candidate;
import dev.sluice.methods.selection.PairRule;
import dev.sluice.records.DroppedProblem;
import dev.sluice.records.Example;
import dev.sluice.records.Preference;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what is selected of the solutions of one shard. */
final class SelectionUnit {
  private final SelectSolutionsConfig config;
  private final UnitContext context;
  private final ScoredSolutions scored;
  private final SelectionCounts counts = new SelectionCounts();
  private long selected;

  SelectionUnit(SelectSolutionsConfig config, UnitContext context) {
    this.config = config;
    this.context = context;
    this.scored = ScoredSolutions.read(config, context);
  }

  void work() {
    context.begin(Tables.EXAMPLES);
    if (config.pairs() != null) {
      context.begin(Tables.PREFERENCES);
    }
    if (config.passRate() != null) {
      context.begin(Tables.PROBLEMS);
      context.begin(Tables.DROPPED_PROBLEMS);
    }
    scored.all().forEach(this::select);
    counts.leave(context);
    context.count(
        new Counts(
            scored.size(), selected + scored.dead(), selected, scored.dead(), scored.unparsed()));
  }

  private void select(Problem problem, List<Solution> own) {
    List<Candidate> candidates = new ArrayList<>();
    for (Solution each : own) {
      Double reward = scored.reward(each);
      if (reward != null) {
        candidates.add(
            new Candidate(
                each.solutionId(),
                each.sampleIndex(),
                each.text(),
                reward,
                reward > config.success()));
      }
    }
    Double rate = counts.add(candidates);
    if (!keeps(problem, rate)) {
      return;
    }
    for (Candidate each :
        config.select().select(candidates.stream().filter(this::canBeLearnt).toList())) {
      context.write(Tables.EXAMPLES, example(problem, each));
      counts.addSelected(each);
      selected++;
    }
    for (PairRule.Pair pair :
        config.pairs() == null ? List.<PairRule.Pair>of() : config.pairs().pairs(candidates)) {
      if (canBeLearnt(pair.chosen())) {
        context.write(Tables.PREFERENCES, preference(problem, pair));
        counts.addPair();
      }
    }
  }

  /** Whether there is a text that ends where the model ended it. */
  private boolean canBeLearnt(Candidate candidate) {
    return !candidate.text().isBlank() && ScoredSolutions.finished(scored.solution(candidate.id()));
  }

  /** Writes a problem to those that are kept or to the others. */
  private boolean keeps(Problem problem, @Nullable Double rate) {
    SelectSolutionsConfig.PassRate range = config.passRate();
    if (range == null) {
      return true;
    }
    boolean kept = rate != null && range.keeps(rate);
    if (kept) {
      context.write(Tables.PROBLEMS, problem);
    } else {
      context.write(Tables.DROPPED_PROBLEMS, DroppedProblem.byPassRate(problem.problemId(), rate));
    }
    counts.addProblem(kept);
    return kept;
  }

  private Example example(Problem problem, Candidate selectedOne) {
    return new Example(
        ScoredSolutions.exampleId(scored.solution(selectedOne.id())),
        scored.prompt(problem),
        selectedOne.text(),
        1,
        List.of(),
        List.of(selectedOne.id()));
  }

  private Preference preference(Problem problem, PairRule.Pair pair) {
    return Preference.of(
        problem,
        scored.solution(pair.chosen().id()),
        scored.solution(pair.rejected().id()),
        pair.chosen().reward() - pair.rejected().reward());
  }
}
