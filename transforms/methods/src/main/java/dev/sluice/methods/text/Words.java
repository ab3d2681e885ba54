package dev.sluice.methods.text;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The words of a text as it is compared: in compatibility form, lower case, without marks, divided
 * by whatever is neither letter nor digit. Numbers stay, so problems that differ in them differ.
 */
public final class Words {
  private static final Pattern MARKS = Pattern.compile("\\p{M}++");
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]++");

  private Words() {}

  /** The words of a text as 64-bit hashes, in order. */
  public static long[] of(CharSequence text) {
    // Normalizing sorts the marks of a letter, and a text may hold a million of them in a row.
    String bare = MARKS.matcher(text).replaceAll("");
    String plain = MARKS.matcher(Normalizer.normalize(bare, Normalizer.Form.NFKD)).replaceAll("");
    return Arrays.stream(BETWEEN.split(plain.toLowerCase(Locale.ROOT)))
        .filter(word -> !word.isEmpty())
        .mapToLong(Words::hash)
        .toArray();
  }

  /** FNV-1a over the characters, mixed. */
  private static long hash(String word) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < word.length(); i++) {
      hash = (hash ^ word.charAt(i)) * 0x100000001b3L;
    }
    return mixed(hash);
  }

  /** The last steps of SplitMix64: every bit depends on every other. */
  private static long mixed(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  /**
   * The hashes of all runs of {@code n} words, each once, ascending. Of a text with fewer words,
   * all of them are one run; a text without words has none.
   */
  public static long[] grams(long[] words, int n) {
    int count = words.length == 0 ? 0 : Math.max(1, words.length - n + 1);
    long[] grams = new long[count];
    for (int i = 0; i < count; i++) {
      int end = Math.min(words.length, i + n);
      for (int w = i; w < end; w++) {
        grams[i] = mixed(31 * grams[i] + words[w]);
      }
    }
    return Arrays.stream(grams).sorted().distinct().toArray();
  }

  /** Length of the longest common subsequence of two rows of words. */
  public static int commonSubsequence(long[] first, long[] second) {
    int[] above = new int[second.length + 1];
    for (long word : first) {
      int diagonal = 0;
      for (int j = 1; j <= second.length; j++) {
        int old = above[j];
        above[j] = word == second[j - 1] ? diagonal + 1 : Math.max(old, above[j - 1]);
        diagonal = old;
      }
    }
    return above[second.length];
  }
}
