package dev.sluice.methods.selection;

import dev.sluice.methods.advantage.Rewards;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Kind;
import java.util.List;

/** The two ends of the ranking. */
@Kind(
    value = "best_worst",
    doc =
        "One pair per problem: the solution with the highest reward is preferred to the one with the lowest.")
@Method(
    name = "Best-worst pairs",
    paper = "Self-Rewarding Language Models, arXiv 2401.10020",
    formula = "(argmax r_i, argmin r_i) unless all r_i are equal; ties by the lowest i",
    papers = "2401.10020",
    departs = "Equal texts count once, with the reward of the lowest index.")
public record BestWorstPairs() implements PairRule {

  @Override
  public List<Pair> pairs(List<Candidate> candidates) {
    List<Candidate> distinct = Candidate.ordered(candidates, true);
    if (Rewards.isConstant(distinct.stream().mapToDouble(Candidate::reward).toArray())) {
      return List.of();
    }
    Candidate best = distinct.stream().min(Candidate.BEST_FIRST).orElseThrow();
    Candidate worst = distinct.stream().min(Candidate.WORST_FIRST).orElseThrow();
    return List.of(new Pair(best, worst));
  }
}
