package dev.sluice.methods.reward.rule;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.GroupReward;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.RewardContext;
import dev.sluice.methods.text.Chars;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.HashSet;
import java.util.List;

/** The form of a response, whatever it says. */
@Kind(
    value = "format",
    doc =
        "1 for a response that passes the format gate of its problem and prompt, else 0; with `tags`, 1 for a response that consists of these blocks. Combine it with a reward for correctness: alone it is easily hacked.")
@Method(
    name = "Format reward",
    paper =
        "Prior Prompt Engineering, arXiv 2505.14157 (METHODS 5.7); partial credit as in Open R1",
    formula =
        "r = 1 if the response has the form, else 0; partial: share of the 2n tags that occur exactly once",
    papers = "2505.14157")
public record FormatReward(
    @Key(
            value =
                "Names of the blocks that a response consists of, such as [think, answer]: each once, in this order, with white space alone between them. Then `gate` does not apply. Default: the format gate.",
            byDefault = "[]",
            max = 16)
        List<String> tags,
    @Key(
            value =
                "Partial credit: the share of opening and closing tags that occur exactly once, in any order. Needs `tags`.",
            byDefault = "false")
        boolean partial)
    implements GroupReward {

  public FormatReward {
    tags = List.copyOf(tags);
  }

  @Override
  public boolean ownForm() {
    return !tags.isEmpty();
  }

  @Override
  public List<ConfigMistake> check(String key) {
    for (String tag : tags) {
      if (!tag.matches("[A-Za-z][A-Za-z0-9_-]*")) {
        return List.of(
            new ConfigMistake(
                key + ".tags",
                "'%s' cannot be the name of a tag; write 'think' for <think> and </think>"
                    .formatted(tag)));
      }
    }
    if (new HashSet<>(tags).size() < tags.size()) {
      return List.of(
          new ConfigMistake(
              key + ".tags",
              "a tag is named twice, but each must occur exactly once; leave one of them out"));
    }
    return partial && tags.isEmpty()
        ? List.of(
            new ConfigMistake(
                key + ".partial",
                "there are no 'tags' to give partial credit for; name them, such as [think, answer]"))
        : List.of();
  }

  @Override
  public double reward(Response response, Group group, RewardContext context) {
    if (tags.isEmpty()) {
      return response.passes() ? 1 : 0;
    }
    return partial ? share(response.text(), tags) : form(response.text(), tags) ? 1 : 0;
  }

  /** The share of tags that occur exactly once. */
  static double share(String text, List<String> tags) {
    int once = 0;
    for (String tag : tags) {
      once += isOnce(text, "<" + tag + ">") ? 1 : 0;
      once += isOnce(text, "</" + tag + ">") ? 1 : 0;
    }
    return once / (2.0 * tags.size());
  }

  /** Whether a text consists of the blocks, each once and in order. */
  static boolean form(String text, List<String> tags) {
    int at = 0;
    for (String tag : tags) {
      String begin = "<" + tag + ">";
      String end = "</" + tag + ">";
      at = Chars.skipBlanks(text, at);
      if (!text.startsWith(begin, at) || !isOnce(text, begin) || !isOnce(text, end)) {
        return false;
      }
      int close = text.indexOf(end, at);
      if (close < 0) {
        return false;
      }
      at = close + end.length();
    }
    return Chars.blankFrom(text, at);
  }

  private static boolean isOnce(String text, String tag) {
    int first = text.indexOf(tag);
    return first >= 0 && text.indexOf(tag, first + tag.length()) < 0;
  }
}
