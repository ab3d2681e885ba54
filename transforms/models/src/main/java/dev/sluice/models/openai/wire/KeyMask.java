package dev.sluice.models.openai.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Hides a key in texts that come from elsewhere: as it is, and, since a server may hand it back in
 * any form, also with blanks or signs within, percent-encoded, as escapes of JSON, in Base64 and in
 * hexadecimal. Forms other than the key itself are looked for by their letters and digits alone.
 */
final class KeyMask {
  static final String HIDDEN = "***";

  /** With fewer letters and digits, ordinary text would be taken for another form of the key. */
  private static final int FEWEST = 8;

  /** Characters between two of a key's that is split, at the most. */
  private static final int WIDEST_GAP = 8;

  private final String key;
  private final List<String> forms = new ArrayList<>();

  KeyMask(String key) {
    this.key = key;
    addForm(key);
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    String hex = HexFormat.of().formatHex(bytes);
    addForm(hex);
    addForm(hex.toUpperCase(Locale.ROOT));
    for (int before = 0; before < 3; before++) {
      addForm(base64(bytes, before));
    }
  }

  private void addForm(String form) {
    StringBuilder letters = new StringBuilder();
    form.chars().filter(KeyMask::counts).forEach(c -> letters.append((char) c));
    if (letters.length() >= FEWEST) {
      forms.add(letters.toString());
    }
  }

  /** What of Base64 is the key's alone if so many other bytes stand before it. */
  private static String base64(byte[] bytes, int before) {
    byte[] shifted = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, shifted, before, bytes.length);
    String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    // The first letters hold bits of what is before, and the last those of what follows.
    int from = before == 0 ? 0 : before + 1;
    int to = shifted.length * 8 / 6;
    return from < to ? text.substring(from, to) : "";
  }

  private static boolean counts(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** The text with every form of the key replaced. */
  String hidden(String text) {
    if (key.isEmpty()) {
      return text;
    }
    String plain = text.replace(key, HIDDEN);
    return forms.isEmpty() ? plain : new Decoded(plain).hidden();
  }

  /** Letters and digits of a text, decoded, each with its place in it. */
  private final class Decoded {
    private final String text;
    private final StringBuilder letters = new StringBuilder();
    private final int[] begins;
    private final int[] ends;

    Decoded(String text) {
      this.text = text;
      begins = new int[text.length()];
      ends = new int[text.length()];
      for (int i = 0; i < text.length(); ) {
        int length = escape(i);
        int c =
            length == 1
                ? text.charAt(i)
                : Integer.parseInt(text.substring(i + (length == 3 ? 1 : 2), i + length), 16);
        if (counts(c)) {
          begins[letters.length()] = i;
          ends[letters.length()] = i + length;
          letters.append((char) c);
        }
        i += length;
      }
    }

    /** Characters that stand for one: %41 and \\u0041 are the letter A. */
    private int escape(int at) {
      if (text.charAt(at) == '%' && hexadecimal(at + 1, 2)) {
        return 3;
      }
      boolean unicode = text.startsWith("\\u", at) || text.startsWith("\\U", at);
      return unicode && hexadecimal(at + 2, 4) ? 6 : 1;
    }

    private boolean hexadecimal(int from, int count) {
      if (from + count > text.length()) {
        return false;
      }
      for (int i = from; i < from + count; i++) {
        if (text.charAt(i) > 'f' || Character.digit(text.charAt(i), 16) < 0) {
          return false;
        }
      }
      return true;
    }

    String hidden() {
      List<int[]> found = new ArrayList<>();
      for (String form : forms) {
        for (int i = letters.indexOf(form); i >= 0; i = letters.indexOf(form, i + 1)) {
          if (together(i, form.length())) {
            found.add(new int[] {begins[i], ends[i + form.length() - 1]});
          }
        }
      }
      if (found.isEmpty()) {
        return text;
      }
      found.sort(Comparator.comparingInt(each -> each[0]));
      StringBuilder out = new StringBuilder();
      int past = 0;
      for (int[] each : found) {
        if (each[0] >= past) {
          out.append(text, past, each[0]).append(HIDDEN);
        }
        past = Math.max(past, each[1]);
      }
      return out.append(text, past, text.length()).toString();
    }

    private boolean together(int from, int count) {
      for (int i = from + 1; i < from + count; i++) {
        if (begins[i] - ends[i - 1] > WIDEST_GAP) {
          return false;
        }
      }
      return true;
    }
  }
}
