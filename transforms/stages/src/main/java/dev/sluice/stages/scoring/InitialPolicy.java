package dev.sluice.stages.scoring;

import dev.sluice.methods.reward.Group;
import java.util.List;

/** The policy before any update, whose responses some reward shapes compare with. */
public interface InitialPolicy extends ResponseWriter {

  /** Responses of the policy: {@code count} for the problem of each group, in the same order. */
  List<Group> responses(List<Group> groups, int count);
}
