package dev.sluice.methods.reward.rule;

/** The form of a response with tool calls (ToolRL, arXiv 2504.13958, section 3.3 and code). */
final class ToolForm {
  private static final String THINK = "<think>";
  private static final String THOUGHT = "</think>";
  private static final String ANSWER = "<response>";
  private static final String ANSWERED = "</response>";

  private ToolForm() {}

  /**
   * Whether a text consists of a thought, then a block of calls, then a block of words, as far as
   * they are wanted, with one line break between them. Calls begin and end on lines of their own.
   *
   * @param text without blanks around it
   */
  static boolean holds(String text, boolean think, boolean calls, boolean answers) {
    String rest = text;
    if (think) {
      String next = calls ? "\n" + ToolCall.OPEN + "\n" : answers ? "\n" + ANSWER : "";
      int end = next.isEmpty() ? text.lastIndexOf(THOUGHT) : text.indexOf(THOUGHT + next);
      if (!text.startsWith(THINK) || end < THINK.length()) {
        return false;
      }
      rest = text.substring(end + THOUGHT.length());
      rest = calls || answers ? rest.substring(1) : rest;
    }
    if (calls) {
      int end = rest.indexOf("\n" + ToolCall.CLOSE);
      if (!rest.startsWith(ToolCall.OPEN + "\n")
          || end < ToolCall.OPEN.length() + 1
          || count(text, ToolCall.OPEN) != 1
          || count(text, ToolCall.CLOSE) != 1) {
        return false;
      }
      rest = rest.substring(end + 1 + ToolCall.CLOSE.length());
      if (answers && !rest.startsWith("\n")) {
        return false;
      }
      rest = answers ? rest.substring(1) : rest;
    }
    if (answers) {
      return rest.startsWith(ANSWER)
          && rest.endsWith(ANSWERED)
          && rest.length() >= ANSWER.length() + ANSWERED.length()
          && count(text, ANSWER) == 1
          && count(text, ANSWERED) == 1;
    }
    return rest.isEmpty() || (!think && !calls);
  }

  private static int count(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }
}
