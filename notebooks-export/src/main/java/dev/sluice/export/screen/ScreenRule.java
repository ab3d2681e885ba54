package dev.sluice.export.screen;

import dev.sluice.export.ExportException;

/**
 * When a problem is taken for a text of a set: both share a run of words, and their longest common
 * subsequence is more than a share of the shorter one's words (METHODS 4.9). Texts of equal words
 * always are, however short. The same rule as {@code benchmarks} of the stage FilterProblems.
 *
 * @param runWords words of a run, at least 1
 * @param commonShare the share, from 0 to 1
 */
public record ScreenRule(int runWords, double commonShare) {
  /** What FilterProblems takes when nothing is said. */
  public static final ScreenRule DEFAULT = new ScreenRule(13, 0.6);

  /**
   * Checks the values.
   *
   * @throws ExportException if one is out of its range
   */
  public ScreenRule {
    if (runWords < 1) {
      throw new ExportException(
          "A run of words for decontamination has at least 1 word, not %d. Give 1 or more; the default is %d."
              .formatted(runWords, 13));
    }
    if (!(commonShare >= 0 && commonShare <= 1)) {
      throw new ExportException(
          "The common share for decontamination is from 0 to 1, not %s. Give such a number; the default is %s."
              .formatted(commonShare, 0.6));
    }
  }
}
