package dev.sluice.methods.prompt;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filters that templates of prompts have beside those of chat templates. */
final class PromptFilters {
  static final Map<String, UnaryOperator<String>> ALL =
      Map.of("one_line", PromptFilters::oneLine, "unnumbered", PromptFilters::unnumbered);

  private static final Pattern BLANKS = Pattern.compile("\\s++");
  private static final Pattern NUMBER =
      Pattern.compile("(?i)^(?:#{1,4}\\s*)?(?:\\*\\*)?step\\s++\\d++\\s*+[:.)](?:\\*\\*)?\\s*");

  private PromptFilters() {}

  /** A text in one line, as worked examples have it. */
  static String oneLine(CharSequence text) {
    return BLANKS
        .matcher(text)
        .replaceAll(
            run -> run.group().contains("\n") ? " " : Matcher.quoteReplacement(run.group()));
  }

  /** A step without the number that it carries, such as {@code Step 2:}. */
  static String unnumbered(CharSequence step) {
    return NUMBER.matcher(step).replaceFirst("");
  }
}
