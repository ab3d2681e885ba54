package dev.sluice.methods.reply;

import dev.sluice.methods.text.Chars;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Optional;

/** Which of two texts is better. */
@Kind(
    value = "pairwise",
    doc =
        "Which of two texts is better: the last occurrence of `[[A]]`, `[[B]]` or `[[C]]` (a tie).")
@Method(
    name = "Pairwise choice",
    paper = "MT-Bench, arXiv 2306.05685",
    formula = "preference = the last mark of a, b or tie",
    papers = "2306.05685")
@CanRead(Reads.PREFERENCE)
public record PairwiseReply(
    @Key(value = "Marker for the first text.", byDefault = "'[[A]]'") String a,
    @Key(value = "Marker for the second text.", byDefault = "'[[B]]'") String b,
    @Key(value = "Marker for a tie.", byDefault = "'[[C]]'") String tie)
    implements ReplyParser {

  @Override
  public List<ConfigMistake> check(String key) {
    return ConfigMistake.unlessEmpty(key, objection());
  }

  private String objection() {
    if (a.isBlank() || b.isBlank() || tie.isBlank()) {
      return "a mark is blank; give each a text of its own";
    }
    boolean within =
        a.contains(b)
            || b.contains(a)
            || a.contains(tie)
            || tie.contains(a)
            || b.contains(tie)
            || tie.contains(b);
    return within
        ? "the marks '%s', '%s' and '%s' hold one another; give each a text of its own"
            .formatted(a, b, tie)
        : "";
  }

  @Override
  public Reading read(CharSequence reply, int steps) {
    int first = Chars.lastIndexOf(reply, a);
    int second = Chars.lastIndexOf(reply, b);
    int neither = Chars.lastIndexOf(reply, tie);
    int last = Math.max(first, Math.max(second, neither));
    if (last < 0) {
      return Reading.NOTHING;
    }
    return Reading.NOTHING.withPreference(
        Optional.of(
            last == first
                ? Reading.Preference.A
                : last == second ? Reading.Preference.B : Reading.Preference.TIE));
  }
}
