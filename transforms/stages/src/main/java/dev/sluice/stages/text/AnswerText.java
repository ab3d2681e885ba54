package dev.sluice.stages.text;

import java.util.regex.Pattern;

/** Takes the dress off an answer: LaTeX's delimiters and spacing, a left side, a full stop. */
final class AnswerText {
  private static final Pattern WRAPPED =
      Pattern.compile("\\\\(?:boxed|fbox|text|textbf|mathrm|mathbf|mbox)\\s*\\{([^{}]*)\\}");
  private static final Pattern FRACTION =
      Pattern.compile("\\\\[dt]?frac\\s*\\{([^{}]+)\\}\\s*\\{([^{}]+)\\}");
  private static final Pattern SHORT_FRACTION = Pattern.compile("\\\\[dt]?frac\\s*(\\d)\\s*(\\d)");

  private AnswerText() {}

  static String plain(String answer) {
    String text = answer.strip();
    text = text.replace("\\left", "").replace("\\right", "");
    text = text.replaceAll("\\\\[(),!;:\\[\\] ]|\\\\quad|~", " ");
    text = text.replace("\\$", "$").replace("\\%", "%").replace("{,}", ",");
    text = text.replace('\u2212', '-').replace('\u00a0', ' ');
    text = text.replaceAll("\\\\(?:times|cdot)|\u00d7", "*");
    for (String before = ""; !before.equals(text); ) {
      before = text;
      text = WRAPPED.matcher(text).replaceAll(" $1 ");
    }
    text = FRACTION.matcher(text).replaceAll(" $1/$2 ");
    text = SHORT_FRACTION.matcher(text).replaceAll(" $1/$2 ");
    text = text.replaceAll("^\\$+|\\$+$", " ").strip();
    int equals = text.lastIndexOf('=');
    if (equals >= 0 && equals + 1 < text.length()) {
      text = text.substring(equals + 1);
    }
    return text.strip().replaceFirst("\\.$", "").replaceAll("\\s+", " ").strip();
  }
}
