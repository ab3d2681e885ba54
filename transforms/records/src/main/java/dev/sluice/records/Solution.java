package dev.sluice.records;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a problem: a row of the table {@code solutions}.
 *
 * @param solutionId hash of the problem's id, the stage type and the sample's index
 * @param problemId the problem's id
 * @param sampleIndex from 0, within the problem
 * @param text the whole completion
 * @param steps the completion cut into steps, the answer line included where the world has one
 * @param finalAnswer the extracted answer; null if none was found
 * @param finishReason {@code stop} (end of text or a stop string), {@code length} (cut off) or
 *     {@code file} (a stored solution)
 * @param promptTokens tokens of the prompt; 0 for a stored solution
 * @param completionTokens tokens of the completion, end of text included; 0 for a stored solution
 * @param meanLogprob mean log-probability (nats) of the completion's tokens; null if unknown
 * @param answerLogprob mean log-probability (nats) of the answer's tokens; null if unknown
 * @param model content hash or revision of the model, or the file's column for a stored solution
 * @param referenceCorrect stored correctness from a file; Evaluate alone may load it
 * @param contentHash hash of the text, equal for equal samples
 */
public record Solution(
    String solutionId,
    String problemId,
    int sampleIndex,
    String text,
    List<String> steps,
    @Nullable String finalAnswer,
    String finishReason,
    int promptTokens,
    int completionTokens,
    @Nullable Double meanLogprob,
    @Nullable Double answerLogprob,
    String model,
    @Nullable Boolean referenceCorrect,
    String contentHash) {

  public Solution {
    steps = List.copyOf(steps);
  }
}
