package dev.sluice.stages.answers;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reference answer as it stands in a file. It is a value, not a reply: only explicit marks are
 * taken off.
 */
public final class Reference {
  private static final Pattern HASHES = Pattern.compile("(?s).*####(.*)");
  private static final Pattern ANNOUNCED =
      Pattern.compile("(?is)\\s*(?:(?:final\\s+)?answer\\s*[:=]|A:)\\s*(.+)");
  private static final Pattern LAST_LINE =
      Pattern.compile("(?is).*\\n\\s*(?:(?:final\\s+)?answer\\s*:|A:)\\s*([^\\n]+)\\s*");

  private Reference() {}

  /** The answer: what follows {@code ####} or {@code Answer:}, or what the last box holds. */
  public static String read(String reference) {
    Matcher hashes = HASHES.matcher(reference);
    if (hashes.matches() && !hashes.group(1).isBlank()) {
      return hashes.group(1).strip();
    }
    String boxed = Boxes.last(reference, "");
    if (!boxed.isEmpty()) {
      return boxed;
    }
    for (Pattern pattern : new Pattern[] {ANNOUNCED, LAST_LINE}) {
      Matcher matcher = pattern.matcher(reference);
      if (matcher.matches()) {
        return matcher.group(1).strip();
      }
    }
    return reference.strip();
  }
}
