package dev.sluice.methods.group;

import dev.sluice.parts.Method;
import dev.sluice.records.config.Kind;
import java.util.List;

/** Leaves rollouts that were cut off out of the loss. */
@Kind(
    value = "mask_truncated",
    doc =
        "Leaves rollouts that reached `max_tokens` out of the loss. They still count in the advantages of their group. A group without a finished rollout is dropped.")
@Method(
    name = "Overlong filtering",
    paper =
        "DAPO, arXiv 2503.14476, section 3.4; TRL: mask_truncated_completions, without the tokens in the loss's denominator",
    formula = "the loss sums and counts the tokens of finished rollouts only",
    papers = "2503.14476",
    departs =
        "TRL's 'grpo' loss counts a masked rollout in its number of sequences; here no aggregation counts it.")
public record MaskTruncated() implements GroupRule {

  @Override
  public Composition compose(List<RolloutGroup> groups, int wanted, String state) {
    return new Composition(
        groups.stream()
            .map(group -> group.masking(each -> !each.finished()))
            .filter(RolloutGroup::trains)
            .toList(),
        0,
        "");
  }
}
