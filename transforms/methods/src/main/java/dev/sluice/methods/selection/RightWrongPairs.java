package dev.sluice.methods.selection;

import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.List;

/** The order that correctness gives. */
@Kind(
    value = "right_wrong",
    doc = "Each right solution of a problem is preferred to a wrong one, in turn.")
@Method(
    name = "Right over wrong",
    paper = "Self-motivated Learning, arXiv 2404.07017",
    formula =
        "(right_k, wrong_(k mod W)) for k < min(most, R), with R right and W wrong solutions by rising index",
    papers = "2404.07017",
    departs =
        "The paper ranks by correctness; that each right solution is in one pair, and the bound, are ours. Equal texts count once, with the reward of the lowest index.")
public record RightWrongPairs(
    @Key(value = "Maximum number of pairs per problem.", byDefault = "4", min = 1) int most)
    implements PairRule {

  @Override
  public List<Pair> pairs(List<Candidate> candidates) {
    List<Candidate> distinct = Candidate.ordered(candidates, true);
    List<Candidate> right = distinct.stream().filter(Candidate::right).toList();
    List<Candidate> wrong = distinct.stream().filter(each -> !each.right()).toList();
    List<Pair> pairs = new ArrayList<>();
    for (int k = 0; k < Math.min(most, right.size()) && !wrong.isEmpty(); k++) {
      pairs.add(new Pair(right.get(k), wrong.get(k % wrong.size())));
    }
    return pairs;
  }
}
