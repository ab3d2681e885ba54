package dev.sluice.methods.reward;

import dev.sluice.methods.rubric.ConsensusRubric;
import dev.sluice.methods.rubric.RubricVerdicts;
import dev.sluice.methods.rubric.StatedResults;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.Criterion;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** A rubric made of the siblings. */
@Kind(
    value = "rubric",
    doc =
        "Score under the consensus rubric of the group's other rollouts (METHODS 1.8); 0 if there is no consensus.")
@Method(
    name = "Consensus rubric of the group",
    paper = "ours (METHODS 1.8)",
    formula = "r = sum(w V) / sum(w) over the results that most of the others state")
public record RubricReward(
    @Key(
            value =
                "Reward of a rollout: the weighted share of the criteria that it meets (`share`), or 1 if it meets all of them and else 0 (`all`, as in RIFL).",
            byDefault = "share")
        Value score)
    implements GroupReward {

  /** What a rollout gets from its criteria. */
  public enum Value {
    /** Weighted share of those that are met. */
    SHARE,
    /** 1 if all are met, else 0. */
    ALL
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.GROUP);
  }

  @Override
  public double reward(Response response, Group group, RewardContext context) {
    List<StatedResults> siblings =
        group.responses().stream()
            .filter(other -> other.index() != response.index() && other.passes())
            .map(other -> RubricVerdicts.stated(other.problem(), other.text()))
            .toList();
    List<Criterion> criteria = ConsensusRubric.criteria(siblings);
    StatedResults stated = RubricVerdicts.stated(response.problem(), response.text());
    OptionalDouble reward =
        score == Value.ALL
            ? ConsensusRubric.allMet(criteria, stated)
            : ConsensusRubric.score(criteria, stated);
    return reward.orElse(0);
  }
}
