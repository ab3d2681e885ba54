package dev.sluice.models;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the tokens of a completion lie in its text, in UTF-16 offsets: token t covers {@code
 * [begins[t], ends[t])}. Begins never decrease. Tokens that share one character (the bytes of an
 * emoji) all cover it; a token without text, such as end of text, covers nothing.
 *
 * <p>The ids that were drawn are decoded in ever longer sequences, and a token begins where the
 * text of those before it ends. Two shorter ways are wrong: tokens decoded one by one lose the
 * blank that Metaspace decoders strip from the beginning of a text and tear bytes of one character
 * apart, so that each shifts all that follow; and the offsets of a text that is encoded again hold
 * for the tokens that the tokenizer would choose, which are often not those that were drawn (and
 * belong to a text before NFC).
 *
 * @param begins offset of each token's first character
 * @param ends offset after each token's last character
 */
@SuppressWarnings("ArrayRecordComponent")
public record TokenSpans(int[] begins, int[] ends) {

  /**
   * The places of tokens in their common text.
   *
   * @param decode the text of a sequence of tokens, special tokens left out; called with about two
   *     short sequences for each token
   * @param tokens ids, in order
   */
  public static TokenSpans of(Function<int[], String> decode, int[] tokens) {
    String text = text(decode, tokens, 0, tokens.length);
    int[] borders = windowed(decode, tokens, text);
    // A decoder for which the tokens just before do not decide: whole beginnings are always right.
    return spans(decode, tokens, borders == null ? whole(decode, tokens, text) : borders);
  }

  /** The places of pieces that make up a text, such as the tokens that a server names. */
  public static TokenSpans ofPieces(List<String> pieces) {
    int[] begins = new int[pieces.size()];
    int[] ends = new int[pieces.size()];
    int offset = 0;
    for (int t = 0; t < begins.length; t++) {
      begins[t] = offset;
      offset += pieces.get(t).length();
      ends[t] = offset;
    }
    return new TokenSpans(begins, ends);
  }

  /** Number of tokens. */
  public int size() {
    return begins.length;
  }

  /**
   * The text cut up between the tokens, nothing lost and nothing twice: a character of several
   * tokens is in the piece of the last of them.
   *
   * @param text of all tokens
   */
  public List<String> pieces(String text) {
    String[] pieces = new String[size()];
    for (int t = 0; t < pieces.length; t++) {
      pieces[t] = text.substring(begins[t], t + 1 < pieces.length ? begins[t + 1] : text.length());
    }
    return List.of(pieces);
  }

  /**
   * Where each token's text ends, by decoding each token after those that the last settled text
   * came from: linear in the tokens. Such a window begins where a whole character does.
   *
   * @return one more than tokens, from 0; null if the pieces do not add up to the text
   */
  private static int @Nullable [] windowed(
      Function<int[], String> decode, int[] tokens, String text) {
    int[] borders = new int[tokens.length + 1];
    int from = 0;
    int read = 0;
    int settled = 0;
    for (int t = 0; t < tokens.length; t++) {
      String before = text(decode, tokens, from, read);
      String after = text(decode, tokens, from, t + 1);
      int equal = 0;
      boolean whole = false;
      // Bytes that are no character yet change what is before them in some decoders.
      if (after.startsWith(before)) {
        equal = common(after, before.length(), text, settled);
        whole = before.length() + equal == after.length();
      }
      borders[t + 1] = Math.max(borders[t], settled + equal);
      if (whole && equal > 0) {
        settled += equal;
        from = read;
        read = t + 1;
      }
    }
    return settled == text.length() ? borders : null;
  }

  private static int[] whole(Function<int[], String> decode, int[] tokens, String text) {
    int[] borders = new int[tokens.length + 1];
    for (int t = 0; t < tokens.length; t++) {
      String after = text(decode, tokens, 0, t + 1);
      borders[t + 1] = Math.max(borders[t], common(after, 0, text, 0));
    }
    return borders;
  }

  private static String text(Function<int[], String> decode, int[] tokens, int from, int to) {
    return from == to ? "" : decode.apply(Arrays.copyOfRange(tokens, from, to));
  }

  /** Length of what two texts have in common from these places on; never half a character. */
  private static int common(String one, int at, String other, int place) {
    int most = Math.min(one.length() - at, other.length() - place);
    int length = 0;
    while (length < most && one.charAt(at + length) == other.charAt(place + length)) {
      length++;
    }
    boolean half = length > 0 && Character.isHighSurrogate(one.charAt(at + length - 1));
    return half ? length - 1 : length;
  }

  private static TokenSpans spans(Function<int[], String> decode, int[] tokens, int[] borders) {
    int[] begins = Arrays.copyOf(borders, tokens.length);
    int[] ends = Arrays.copyOfRange(borders, 1, borders.length);
    for (int t = tokens.length - 2; t >= 0; t--) {
      // It added nothing that can be seen yet: bytes of a character that a later token completes.
      if (begins[t] == ends[t] && !decode.apply(new int[] {tokens[t]}).isEmpty()) {
        ends[t] = ends[t + 1];
      }
    }
    return new TokenSpans(begins, ends);
  }

  @Override
  public String toString() {
    return Arrays.toString(begins) + " to " + Arrays.toString(ends);
  }
}
