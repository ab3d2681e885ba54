package dev.sluice.methods.objective;

import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.Example;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An outcome reward model. */
@Kind(
    value = "orm",
    doc = "Generative outcome reward model: learns to write one word on the whole solution.")
@Method(
    name = "Outcome reward model (ORM)",
    paper = "SPARK stepwise, arXiv 2512.03244, section on reward models",
    formula = "-log p(verdict | x, y)",
    papers = "2512.03244")
public record OutcomeObjective() implements GenerativeObjective {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.OUTCOME);
  }

  /** One word is all that is asked for, so nothing is learnt of what comes after it. */
  @Override
  public boolean ends() {
    return false;
  }

  @Override
  public Optional<Example> example(LabelledSolution labelled) {
    Boolean right = labelled.label().outcome();
    return labelled.soft() || right == null
        ? Optional.empty()
        : Optional.of(
            row(
                labelled.label(),
                labelled.format().outcomePrompt(labelled.problem(), labelled.solution().text()),
                labelled.format().outcomeWords().get(right ? 0 : 1),
                List.of()));
  }
}
