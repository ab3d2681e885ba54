package dev.sluice.export.split;

import dev.sluice.export.ExportException;

/**
 * When two texts are near-duplicates: the share of runs of words that both have, of all that either
 * has (Jaccard), reaches a threshold. Texts of equal words always are, and equal texts without
 * words. The same rule as {@code near_duplicates} of the stage FilterProblems.
 *
 * @param runWords words of a run, at least 1
 * @param similarity the threshold, above 0 and at most 1
 */
public record NearRule(int runWords, double similarity) {
  /** What FilterProblems takes when nothing is said. */
  public static final NearRule DEFAULT = new NearRule(3, 0.8);

  /**
   * Checks the values.
   *
   * @throws ExportException if one is out of its range
   */
  public NearRule {
    if (runWords < 1) {
      throw new ExportException(
          "A run of words for near-duplicates has at least 1 word, not %d. Give 1 or more; the default is %d."
              .formatted(runWords, 3));
    }
    if (!(similarity > 0 && similarity <= 1)) {
      throw new ExportException(
          "The similarity of near-duplicates is above 0 and at most 1, not %s. Give such a number; the default is %s."
              .formatted(similarity, 0.8));
    }
  }
}
