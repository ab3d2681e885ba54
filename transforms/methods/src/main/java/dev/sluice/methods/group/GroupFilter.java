package dev.sluice.methods.group;

import java.util.List;

/** A group rule that looks at each group alone. */
public interface GroupFilter extends GroupRule {

  /** Whether the update is made from a group, too. */
  boolean keeps(RolloutGroup group);

  @Override
  default Composition compose(List<RolloutGroup> groups, int wanted, String state) {
    return new Composition(groups.stream().filter(this::keeps).toList(), 0, "");
  }
}
