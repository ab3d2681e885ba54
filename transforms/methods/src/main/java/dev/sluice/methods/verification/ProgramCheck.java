package dev.sluice.methods.verification;

import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import dev.sluice.records.Problem;
import java.util.List;

/**
 * A program that votes once on each solution, without a model. A vote depends on its own solution
 * and problem alone.
 */
@Port(value = "program check", stage = "VerifySolutions", key = "checks", noun = "check")
public interface ProgramCheck extends Part {

  /**
   * The verdict on each step.
   *
   * @param text the solution's text
   * @param steps its steps
   * @return as many as there are steps
   */
  List<Boolean> verdicts(Problem problem, String text, List<String> steps);

  /** Why the verdicts are what they are, as a sentence: the text of the vote. */
  String reason(Problem problem, String text, List<String> steps);
}
