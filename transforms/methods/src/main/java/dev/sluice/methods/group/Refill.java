package dev.sluice.methods.group;

import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;

/** Rolls out further problems until a round has its groups. */
@Kind(
    value = "refill",
    doc = "Rolls out further problems in place of groups that the rules before it left out.")
@Method(
    name = "Dynamic sampling",
    paper = "DAPO, arXiv 2503.14476, section 3.2; verl: max_num_gen_batches",
    formula =
        "while fewer than N groups are left: roll out the N - n next problems; train on the first N",
    papers = "2503.14476",
    departs =
        "DAPO rolls out a whole batch again; here a wave has as many problems as groups are missing.")
public record Refill(
    @Key(
            value = "The most waves of rollouts of a round; then it is trained on what there is.",
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
