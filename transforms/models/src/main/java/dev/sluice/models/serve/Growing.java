package dev.sluice.models.serve;

import java.util.List;

/** The text of a sample that is sent in pieces: what was sent is never taken back. */
final class Growing {
  private static final char UNFINISHED = '\uFFFD';

  private final int held;
  private int sent;

  /**
   * Of a sample that ends before any of these texts.
   *
   * @param stops of which a beginning may stand at the end, and must not be sent
   */
  Growing(List<String> stops) {
    held = stops.stream().mapToInt(String::length).max().orElse(1) - 1;
  }

  /** What can be sent now of the text so far; nothing if it is open how it goes on. */
  String more(String text) {
    int end = text.length() - held;
    // A character of several tokens is not whole before its last.
    while (end > sent && text.charAt(end - 1) == UNFINISHED) {
      end--;
    }
    return upTo(text, end);
  }

  /** What is left to send of the whole text. */
  String rest(String text) {
    return upTo(text, text.length());
  }

  private String upTo(String text, int end) {
    if (end <= sent) {
      return "";
    }
    String more = text.substring(sent, end);
    sent = end;
    return more;
  }
}
