package dev.sluice.methods.reward;

import dev.sluice.methods.label.ModalAnswer;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The group's majority. */
@Kind(
    value = "majority",
    doc =
        "1 if the answer is the most frequent one among the group's rollouts that pass the format gate, else 0. The lowest index wins a tie (TTRL, arXiv 2504.16084; METHODS 2.11).")
@Method(
    name = "Majority reward",
    paper = "TTRL, arXiv 2504.16084",
    formula = "r_i = 1 if answer_i = mode(answers of the group), else 0",
    papers = "2504.16084",
    departs = "Only responses that pass the format gate vote.")
public record MajorityReward() implements GroupReward {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.GROUP);
  }

  @Override
  public double reward(Response response, Group group, RewardContext context) {
    List<@Nullable String> answers = new ArrayList<>();
    // Equals are won by the lowest index, not by the first place.
    for (Response other :
        group.responses().stream().sorted(Comparator.comparingInt(Response::index)).toList()) {
      answers.add(
          other.passes()
              ? other.format().answer(other.problem(), other.text()).orElse(null)
              : null);
    }
    answers.add(response.format().answer(response.problem(), response.text()).orElse(null));
    List<String> classes = response.format().classes(answers);
    int size = group.responses().size();
    Optional<String> mode = ModalAnswer.of(classes.subList(0, size));
    return mode.isPresent() && mode.get().equals(classes.get(size)) ? 1 : 0;
  }
}
