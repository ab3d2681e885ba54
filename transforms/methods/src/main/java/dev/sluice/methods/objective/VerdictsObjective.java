package dev.sluice.methods.objective;

import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.Example;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A generative reward model without a rationale. */
@Kind(
    value = "prm_text",
    doc = "Generative process reward model: learns to write the step verdicts without a rationale.")
@Method(
    name = "Generative process reward model (PRM)",
    paper = "SPARK stepwise, arXiv 2512.03244, section on reward models",
    formula = "-sum_t log p(v_t | x, y, v_<t)",
    papers = "2512.03244")
public record VerdictsObjective() implements GenerativeObjective {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEP_SIGNS);
  }

  @Override
  public Optional<Example> example(LabelledSolution labelled) {
    List<Boolean> verdicts = labelled.label().stepLabels();
    return labelled.soft() || verdicts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            row(
                labelled.label(),
                labelled.judgePrompt(),
                labelled.format().renderVerdicts(verdicts),
                List.of()));
  }
}
