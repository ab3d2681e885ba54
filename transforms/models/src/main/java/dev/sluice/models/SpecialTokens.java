package dev.sluice.models;

import java.util.Arrays;

/** The special tokens that a tokenizer puts around a text. */
public final class SpecialTokens {
  private SpecialTokens() {}

  /**
   * How many stand before the text.
   *
   * @param whole tokens of the text with the special ones
   * @param inner tokens of the text alone
   * @return -1 if the text's tokens do not stand in one piece among them
   */
  public static int before(int[] whole, int[] inner) {
    for (int before = 0; before + inner.length <= whole.length; before++) {
      if (Arrays.equals(whole, before, before + inner.length, inner, 0, inner.length)) {
        return before;
      }
    }
    return -1;
  }
}
