package dev.sluice.methods.answers;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The unit of a number within a sentence, where any word may follow a number. */
public final class UnitInText {
  private static final Pattern SIGN =
      Pattern.compile("[ \\t]*(?:\\\\?%|percent\\b|\u00b0|\\^\\s*\\{?\\\\circ\\}?)");
  private static final Pattern STYLED =
      Pattern.compile(
          "[ \\t]*\\\\(?:text|mathrm|mbox)\\s*\\{([^{}]{1,40})\\}(?:\\^\\s*\\{?[1-9]\\}?)?");

  /** One letter is a unit only after a blank: {@code 5m} may be a product. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?:[ \\t]+|(?=[a-zA-Z]{2}))((?:(?:square|cubic|sq\\.?|cu\\.?)[ \\t]+)?[a-zA-Z]+(?![a-zA-Z&'\u2019])(?:\\^\\s*\\{?[1-9]\\}?)?)"
              + "([ \\t]*(?:/|\\bper\\b)[ \\t]*[a-zA-Z]+(?![a-zA-Z&'\u2019])(?:\\^\\s*\\{?[1-9]\\}?)?)?");

  private static final Pattern CLAUSE_ENDS = Pattern.compile("[ \\t]*(?:[.,;:!?)*$\\n].*)?");

  private UnitInText() {}

  /**
   * The unit that a text begins with, as it is written there, the blank before it included; empty
   * text if it begins with none. Words that are no unit are none, and "in" is one only where a
   * clause ends.
   *
   * @param text what follows the number
   */
  public static String of(CharSequence text) {
    Matcher sign = SIGN.matcher(text);
    if (sign.lookingAt()) {
      return sign.group();
    }
    Matcher styled = STYLED.matcher(text);
    if (styled.lookingAt()) {
      return Unit.parse(styled.group(1)).isPresent() ? styled.group() : "";
    }
    Matcher named = NAMED.matcher(text);
    if (!named.lookingAt()) {
      return "";
    }
    if (named.group(2) != null && Unit.parse(named.group(1) + named.group(2)).isPresent()) {
      return named.group();
    }
    boolean unit =
        Unit.parse(named.group(1)).isPresent()
            && (!named.group(1).equals("in")
                || CLAUSE_ENDS.matcher(text).region(named.end(1), text.length()).matches());
    return unit ? text.subSequence(0, named.end(1)).toString() : "";
  }
}
