package dev.sluice.records;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One vote on a solution: a row of the table {@code verifications}.
 *
 * @param verificationId hash of the solution's id, the stage type, the pass and the vote's index
 * @param solutionId the solution's id
 * @param problemId the problem's id
 * @param voteIndex from 0, within the solution
 * @param pass {@code initial}, {@value #FIRST_ERROR} where the vote names the first wrong step,
 *     {@code critique}, {@code merged}, or {@code rule} and {@code calculator} for votes of a
 *     program
 * @param stepVerdicts true where the step is called correct; empty if not parsed or outcome only
 * @param outcomeVerdict the verdict on the whole solution; null if not parsed
 * @param text what the judge wrote; for a vote of a program, why it voted so
 * @param parsed whether the text is a vote; if not, it is an abstention
 * @param promptTokens tokens of the prompt; 0 for a vote of a program
 * @param completionTokens tokens of the text; 0 for a vote of a program
 * @param model content hash or revision of the judge, or the program's name
 */
public record Verification(
    String verificationId,
    String solutionId,
    String problemId,
    int voteIndex,
    String pass,
    List<Boolean> stepVerdicts,
    @Nullable Boolean outcomeVerdict,
    String text,
    boolean parsed,
    int promptTokens,
    int completionTokens,
    String model) {

  /** The pass of a first vote that names the first wrong step: such votes count by its index. */
  public static final String FIRST_ERROR = "first_error";

  public Verification {
    stepVerdicts = List.copyOf(stepVerdicts);
  }
}
