package dev.sluice.methods.group;

import dev.sluice.methods.advantage.Rewards;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Kind;

/** Leaves groups without a gradient out. */
@Kind(
    value = "drop_constant",
    doc = "Drops groups whose rewards are all equal, unless one of their tokens has credit.")
@Method(
    name = "Groups without a gradient dropped",
    paper = "DAPO, arXiv 2503.14476, section 3.2",
    formula = "keep a group if max(r) - min(r) > 1e-9 max |r|, or some A_it is not 0",
    papers = "2503.14476",
    departs = "DAPO draws new problems in their place; that is the rule 'refill'.")
public record DropConstant() implements GroupFilter {

  @Override
  public boolean keeps(RolloutGroup group) {
    return !Rewards.isConstant(group.rewards())
        || group.members().stream().anyMatch(RolloutGroup.RolloutSummary::credited);
  }
}
