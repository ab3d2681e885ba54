package dev.sluice.models.onnx;

import dev.sluice.models.ModelException;
import dev.sluice.models.SpecialTokens;
import dev.sluice.models.djl.tokens.HuggingFaceTextTokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of a text in pieces that an encoder reads at once, each with the special tokens that
 * the tokenizer puts around a text.
 */
final class Windows {
  private final HuggingFaceTextTokenizer tokenizer;
  private final int most;

  Windows(HuggingFaceTextTokenizer tokenizer, int most) {
    this.tokenizer = tokenizer;
    this.most = most;
  }

  /**
   * The pieces, in order; one for a text that fits.
   *
   * @throws ModelException if the text gives no token at all, or the special tokens fill a piece
   */
  List<int[]> of(String text) {
    int[] whole = tokenizer.encode(text, true);
    if (whole.length == 0) {
      throw new ModelException("A text of no tokens has no vector: '%s'.".formatted(text));
    }
    if (whole.length <= most) {
      return List.of(whole);
    }
    int[] inner = tokenizer.encode(text, false);
    int around = whole.length - inner.length;
    int before = SpecialTokens.before(whole, inner);
    if (before < 0) {
      throw new ModelException(
          "The tokenizer puts special tokens inside of a text, so that a long one cannot be read in pieces.");
    }
    int room = most - around;
    if (room < 1) {
      throw new ModelException(
          "The encoder reads %d tokens at once, and %d of them are special ones, so that no text has room."
              .formatted(most, around));
    }
    List<int[]> pieces = new ArrayList<>();
    for (int from = 0; from < inner.length; from += room) {
      int length = Math.min(room, inner.length - from);
      int[] piece = new int[length + around];
      System.arraycopy(whole, 0, piece, 0, before);
      System.arraycopy(inner, from, piece, before, length);
      System.arraycopy(whole, before + inner.length, piece, before + length, around - before);
      pieces.add(piece);
    }
    return pieces;
  }
}
