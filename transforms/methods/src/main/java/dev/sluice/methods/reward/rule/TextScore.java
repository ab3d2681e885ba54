package dev.sluice.methods.reward.rule;

import dev.sluice.methods.reward.Score;
import java.util.List;

/**
 * What a text is worth.
 *
 * @param reason why, as a sentence
 * @param ended how each program of the text ended that did not end well, as a word for a metric
 */
public record TextScore(Score score, String reason, List<String> ended) {

  public TextScore {
    ended = List.copyOf(ended);
  }

  /** A score of a text that is no program. */
  static TextScore of(Score score, String reason) {
    return new TextScore(score, reason, List.of());
  }

  /** A reward that accepts above one half. */
  static TextScore of(double reward, String reason) {
    return of(Score.of(reward), reason);
  }
}
