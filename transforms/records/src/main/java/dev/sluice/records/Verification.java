package dev.sluice.records;

import dev.sluice.records.schema.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One vote on a solution: a row of the table {@code verifications}.
 *
 * @param text what the judge wrote; for a vote of a program, why it voted so
 */
public record Verification(
    @Column(
            value = "Hash of the solution's id, the stage type, the pass and the vote's index.",
            unique = true)
        String verificationId,
    @Column("The solution's id.") String solutionId,
    @Column("The problem's id.") String problemId,
    @Column("Index of the vote within the solution, from 0.") int voteIndex,
    @Column(
            "initial; first_error where the vote names the first wrong step; critique or merged; rule or calculator for a vote of a program.")
        String pass,
    @Column("True where the step is called correct; empty if not parsed or outcome only.")
        List<Boolean> stepVerdicts,
    @Column("The verdict on the whole solution; null if not parsed.")
        @Nullable Boolean outcomeVerdict,
    @Column(value = "What the judge wrote.", unique = true) String text,
    @Column("Whether the text is a vote; if not, it is an abstention.") boolean parsed,
    @Column("Tokens of the prompt; 0 for a vote of a program.") int promptTokens,
    @Column("Tokens of the text; 0 for a vote of a program.") int completionTokens,
    @Column(
            value = "Content hash or revision of the judge, or the program's name.",
            content = false)
        String model) {

  /** The pass of a first vote that names the first wrong step: such votes count by its index. */
  public static final String FIRST_ERROR = "first_error";

  public Verification {
    stepVerdicts = List.copyOf(stepVerdicts);
  }
}
