package dev.sluice.methods.group;

import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import java.util.List;

/** Decides which rollouts of a round the update is made from. The rules apply one after another. */
@Port(value = "group rule", stage = "UpdatePolicy", key = "groups")
public interface GroupRule extends Part {

  /**
   * The groups that are trained on, in the order in which they come.
   *
   * @param groups those of the round that the rules before leave
   */
  List<RolloutGroup> keep(List<RolloutGroup> groups);
}
