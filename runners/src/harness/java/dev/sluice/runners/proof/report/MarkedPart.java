package dev.sluice.runners.proof.report;

import java.util.Optional;

/** The part of a text between two marks, which this program alone writes. */
public final class MarkedPart {
  private static final String BEGIN = "<!-- proof -->";
  private static final String END = "<!-- /proof -->";

  private MarkedPart() {}

  /** The text with another part between the marks; empty if it lacks them. */
  public static Optional<String> replace(String text, String part) {
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    return begin < 0 || end < begin
        ? Optional.empty()
        : Optional.of(
            text.substring(0, begin + BEGIN.length()) + "\n" + part + text.substring(end));
  }
}
