package dev.sluice.methods.reward;

import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Kind;
import java.util.Set;

/** The reference answer. */
@Kind(
    value = "reference",
    doc =
        "1 if the answer equals the reference answer, else 0. For control experiments: the run is not reference-free.")
@Method(name = "Verifiable reward", formula = "r = 1 if the answer matches the reference, else 0")
public record ReferenceReward() implements GroupReward {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.REFERENCE);
  }

  @Override
  public double reward(Response response, Group group, RewardContext context) {
    String reference = ReferenceAnswers.of(name(), response);
    return response.finished()
            && response.format().solves(response.problem(), reference, response.text())
        ? 1
        : 0;
  }
}
