package dev.sluice.methods.group;

import dev.sluice.methods.advantage.Rewards;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Kind;

/** Leaves groups without a gradient out. */
@Kind(
    value = "drop_constant",
    doc =
        "Drops groups whose rewards are all equal, unless a token of the group has a nonzero advantage.")
@Method(
    name = "Groups without a gradient dropped",
    paper = "DAPO, arXiv 2503.14476, section 3.2",
    formula = "keep a group if max(r) - min(r) > 1e-9 max |r|, or some A_it is not 0",
    papers = "2503.14476",
    departs = "DAPO also samples new problems to replace them; the rule 'refill' does that.")
public record DropConstant() implements GroupFilter {

  @Override
  public boolean keeps(RolloutGroup group) {
    return !Rewards.isConstant(group.rewards())
        || group.members().stream().anyMatch(RolloutGroup.RolloutSummary::credited);
  }
}
