package dev.sluice.methods.objective;

import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.Example;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A generative reward model with a rationale. */
@Kind(
    value = "prm_cot",
    doc =
        "Generative process reward model: learns to write the selected verification, rationale included.")
@Method(
    name = "Generative process reward model with a rationale (PRM-CoT)",
    paper = "SPARK stepwise, arXiv 2512.03244, section on reward models",
    formula = "-sum_t log p(v_t | x, y, v_<t)",
    papers = "2512.03244")
public record RationaleObjective() implements GenerativeObjective {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.VERIFICATION);
  }

  @Override
  public Optional<Example> example(LabelledSolution labelled) {
    return labelled.soft()
        ? Optional.empty()
        : labelled
            .selected()
            .map(text -> row(labelled.label(), labelled.judgePrompt(), text, List.of()));
  }
}
