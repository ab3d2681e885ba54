package dev.sluice.methods.reward;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer of the judge on a response.
 *
 * @param parsed whether it is a vote at all
 * @param verdicts true where a step is called correct; empty if not parsed
 * @param outcome the final verdict; null where the judge gives none beyond the steps' (the
 *     arithmetic world)
 */
public record JudgeVote(boolean parsed, List<Boolean> verdicts, @Nullable Boolean outcome) {
  /** An answer that is no vote. */
  public static final JudgeVote UNPARSED = new JudgeVote(false, List.of(), null);

  public JudgeVote {
    verdicts = List.copyOf(verdicts);
  }

  /** A vote on the steps alone. */
  public static JudgeVote of(List<Boolean> verdicts) {
    return new JudgeVote(true, verdicts, null);
  }
}
