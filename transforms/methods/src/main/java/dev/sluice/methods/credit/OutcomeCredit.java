package dev.sluice.methods.credit;

import dev.sluice.parts.Method;
import dev.sluice.records.config.Kind;
import java.util.Collections;
import java.util.List;

/** The response's advantage for every token. */
@Kind(value = "outcome", doc = "Every token gets the advantage of its response.")
@Method(
    name = "Outcome supervision",
    paper =
        "DeepSeekMath, arXiv 2402.03300, section 4.1.2; SPARK stepwise, arXiv 2512.03244, designs 1 and 2",
    formula = "A_it = A_i",
    papers = {"2402.03300", "2512.03244"})
public record OutcomeCredit() implements Credit {

  @Override
  public List<double[]> spread(List<Credited> group) {
    return Collections.nCopies(group.size(), FLAT);
  }
}
