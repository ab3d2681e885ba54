package dev.sluice.methods.task;

import dev.sluice.methods.text.Chars;
import java.util.Optional;

/** The verdict that a verification ends in: {@code Is the answer correct (Yes/No)? Yes}. */
final class FinalVerdict {
  private static final String QUESTION = "is the answer correct";

  private FinalVerdict() {}

  /** The last one; empty if there is none. A question and its mark are in one line. */
  static Optional<Boolean> read(CharSequence reply) {
    Optional<Boolean> last = Optional.empty();
    boolean asked = false;
    int i = 0;
    while (i < reply.length()) {
      char c = reply.charAt(i);
      if (c == '\n') {
        asked = false;
      } else if (c == '?') {
        Optional<Boolean> said = asked ? word(reply, i + 1) : Optional.empty();
        last = said.isPresent() ? said : last;
        asked = false;
      } else if (!asked && Chars.startsWithWord(reply, QUESTION, i)) {
        asked = true;
        i += QUESTION.length() - 1;
      }
      i++;
    }
    return last;
  }

  /** Yes or no, with any emphasis before it; empty if it is neither. */
  private static Optional<Boolean> word(CharSequence reply, int from) {
    int at = Chars.skipBlanks(reply, Chars.skip(reply, Chars.skipBlanks(reply, from), "*"));
    boolean yes = Chars.startsWithWord(reply, "yes", at);
    int end = at + (yes ? "yes" : "no").length();
    boolean said = yes || Chars.startsWithWord(reply, "no", at);
    return said && !Chars.wordAt(reply, end) ? Optional.of(yes) : Optional.empty();
  }
}
