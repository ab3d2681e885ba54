package dev.sluice.methods.verification;

import dev.sluice.methods.arithmetic.reference.Calculator;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The arithmetic that lines state. It grades, so a run that uses it is not reference-free. */
@Kind(
    value = "calculator",
    doc =
        "Recomputes the arithmetic that a line states, such as <<16-3=13>>. Lines without arithmetic count as correct. The run is not reference-free.")
@Method(
    name = "Calculator",
    paper = "ours",
    formula = "v_i = 0 if an equation that line i states does not hold, else 1")
public record CalculatorCheck() implements ProgramCheck {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEPS, Need.GRADER);
  }

  @Override
  public List<Boolean> verdicts(Problem problem, String text, List<String> steps) {
    return Calculator.check(steps).stream().map(check -> check != Calculator.Check.FAILS).toList();
  }

  @Override
  public String reason(Problem problem, String text, List<String> steps) {
    int checked = 0;
    for (int i = 0; i < steps.size(); i++) {
      Optional<String> failure = Calculator.failure(steps.get(i));
      if (failure.isPresent()) {
        return "Line %d %s.".formatted(i + 1, failure.get());
      }
      checked += Calculator.check(steps.get(i)) == Calculator.Check.HOLDS ? 1 : 0;
    }
    return checked == 0
        ? "No line states arithmetic; nothing was checked."
        : "The arithmetic of %d of %d lines holds; the others state none."
            .formatted(checked, steps.size());
  }
}
