package dev.sluice.records;

import dev.sluice.records.schema.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a problem: a row of the table {@code solutions}.
 *
 * @param steps the completion cut into steps, the answer line included where the world has one
 */
public record Solution(
    @Column(
            value = "Hash of the problem's id, the stage type and the sample's index.",
            unique = true)
        String solutionId,
    @Column("The problem's id.") String problemId,
    @Column("Index of the sample within the problem, from 0.") int sampleIndex,
    @Column(value = "The whole completion.", unique = true) String text,
    @Column(value = "The completion cut into its steps.", unique = true) List<String> steps,
    @Column("The extracted answer; null if none was found.") @Nullable String finalAnswer,
    @Column("Why the text ends: stop, length (cut off) or file (a stored solution).")
        String finishReason,
    @Column("Tokens of the prompt; 0 for a stored solution.") int promptTokens,
    @Column("Tokens of the completion, end of text included; 0 for a stored solution.")
        int completionTokens,
    @Column("Mean log-probability (nats) of the completion's tokens; null if unknown.")
        @Nullable Double meanLogprob,
    @Column("Mean log-probability (nats) of the answer's tokens; null if unknown.")
        @Nullable Double answerLogprob,
    @Column(
            value =
                "Content hash or revision of the model, or the file's column for a stored solution.",
            content = false)
        String model,
    @Column("Stored correctness from a file; only Evaluate may load it.")
        @Nullable Boolean referenceCorrect,
    @Column("Hash of the text, equal for equal samples.") String contentHash) {

  public Solution {
    steps = List.copyOf(steps);
  }
}
