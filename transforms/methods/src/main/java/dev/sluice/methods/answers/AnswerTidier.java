package dev.sluice.methods.answers;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes off an answer what surrounds its value. */
final class AnswerTidier {
  /** Longest answer that is looked at: a longer one is not read as a value. */
  private static final int MAX_LENGTH = 2_500;

  private static final Pattern EMPHASIS = Pattern.compile("\\*\\*|__|`|[\u201c\u201d\"]");
  private static final Pattern EMOJI =
      Pattern.compile("[\\p{So}\\x{1F000}-\\x{1FAFF}\\ufe0f\\u2705\\u2714]");
  private static final Pattern TAG = Pattern.compile("</?[a-zA-Z]+>");
  private static final Pattern SIGNS_BEFORE = Pattern.compile("^[:=\\s]+");
  private static final Pattern STARS_BEFORE = Pattern.compile("^\\*+");
  private static final Pattern STARS_BEHIND = Pattern.compile("(?<!\\*)\\*++$");
  private static final Pattern STOPS_BEHIND = Pattern.compile("(?<![.!;,])[.!;,]++$");

  /** Each run of blanks is looked at from its beginning alone. */
  private static final Pattern CLAUSE =
      Pattern.compile(
          "(?is)(?:,\\s++|(?<!\\s)\\s++)(?:which|because|since|where|as (?:required|desired)|so that|i hope)\\b"
              + "|(?<=[\\d\\w$})\\]%])[.!](?=\\s+[A-Z\\p{L}])"
              + "|\\n\\s*\\n");

  private AnswerTidier() {}

  /** Without emphasis, quotes, ticks, emoji and clauses that follow the value. */
  static String tidy(CharSequence found) {
    String text = beginning(found).strip();
    text = EMPHASIS.matcher(text).replaceAll("");
    text = EMOJI.matcher(text).replaceAll("");
    text = TAG.matcher(text).replaceAll("").strip();
    text = SIGNS_BEFORE.matcher(text).replaceFirst("");
    text = clause(text);
    Matcher stars = STARS_BEFORE.matcher(text);
    text = (stars.find() ? stars : STARS_BEHIND.matcher(text)).replaceFirst("").strip();
    text = STOPS_BEHIND.matcher(text).replaceFirst("").strip();
    return STARS_BEHIND.matcher(text).replaceFirst("").strip();
  }

  /** From the first character that is no blank, as far as it is looked at. */
  private static String beginning(CharSequence text) {
    int begin = 0;
    while (begin < text.length() && Character.isWhitespace(text.charAt(begin))) {
      begin++;
    }
    return text.subSequence(begin, Math.min(text.length(), begin + MAX_LENGTH)).toString();
  }

  /** Up to the clause that explains: ", which is ...", ". I hope ...", " because ...". */
  private static String clause(String text) {
    Matcher end = CLAUSE.matcher(text);
    return end.find() ? text.substring(0, end.start()).strip() : text;
  }
}
