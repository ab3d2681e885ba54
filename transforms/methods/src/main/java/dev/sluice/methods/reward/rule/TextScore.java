package dev.sluice.methods.reward.rule;

import dev.sluice.methods.reward.Score;

/**
 * What a text is worth.
 *
 * @param reason why, as a sentence
 */
public record TextScore(Score score, String reason) {

  /** A reward that accepts above one half. */
  static TextScore of(double reward, String reason) {
    return new TextScore(Score.of(reward), reason);
  }
}
