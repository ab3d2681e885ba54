package dev.sluice.methods.group;

import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;

/** Rolls out further problems until a round has its groups. */
@Kind(
    value = "refill",
    doc = "Samples further problems to replace the groups that earlier rules dropped.")
@Method(
    name = "Dynamic sampling",
    paper = "DAPO, arXiv 2503.14476, section 3.2; verl: max_num_gen_batches",
    formula =
        "while fewer than N groups are left: roll out the N - n next problems; train on the first N",
    papers = "2503.14476",
    departs =
        "DAPO samples a whole batch again; here a wave samples as many problems as groups are missing.")
public record Refill(
    @Key(
            value =
                "Maximum number of sampling waves per round. After the last wave the policy is trained on the groups that exist.",
            byDefault = "10",
            min = 2)
        int maxWaves)
    implements GroupRule {

  @Override
  public int waves() {
    return maxWaves;
  }

  @Override
  public Composition compose(List<RolloutGroup> groups, int wanted, String state) {
    int size = Math.min(groups.size(), wanted);
    return new Composition(groups.subList(0, size), wanted - size, "");
  }
}
