package dev.sluice.methods.shaping;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Score;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.List;

/** A reward for correctness that depends on length as well. */
@Kind(
    value = "cosine_length",
    doc =
        "Replaces a reward for correctness (above 0.5 is correct) by one that depends on the number of tokens: short correct responses earn most, short wrong ones least.")
@Method(
    name = "Cosine length reward",
    paper = "Demystifying Long Chain-of-Thought Reasoning, arXiv 2502.03373, appendix C.1",
    formula =
        "r' = long + (short - long) (1 + cos(pi min(tokens / max, 1))) / 2, with the bounds of correct or of wrong responses",
    papers = "2502.03373",
    departs =
        "Beyond `max` the reward stays at the bound of long responses, as in TRL; the paper gives these -10. Defaults are those of TRL.")
public record CosineLengthShaping(
    @Key(value = "Length at which the long bound is reached, in tokens.", min = 1) int max,
    @Key(value = "Reward of the shortest correct response.", byDefault = "1.0") double correctShort,
    @Key(value = "Reward of the longest correct response.", byDefault = "0.5") double correctLong,
    @Key(value = "Reward of the shortest wrong response.", byDefault = "-1.0") double wrongShort,
    @Key(value = "Reward of the longest wrong response.", byDefault = "-0.5") double wrongLong)
    implements Shaping {
  private static final double CORRECT = 0.5;

  @Override
  public List<ConfigMistake> check(String key) {
    double leastCorrect = Math.min(correctShort, correctLong);
    double mostWrong = Math.max(wrongShort, wrongLong);
    return leastCorrect > mostWrong
        ? List.of()
        : List.of(
            new ConfigMistake(
                key,
                "a wrong response can earn %s and a correct one only %s; raise the rewards of correct responses above those of wrong ones"
                    .formatted(mostWrong, leastCorrect)));
  }

  @Override
  public List<Score> shape(List<Score> scores, Group group, ShapingContext context) {
    List<Score> shaped = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      int tokens = group.responses().get(i).completion().tokenCount();
      shaped.add(scores.get(i).withReward(value(scores.get(i).reward() > CORRECT, tokens)));
    }
    return shaped;
  }

  /** The reward of a response of a number of tokens. */
  double value(boolean correct, int tokens) {
    double atStart = correct ? correctShort : wrongShort;
    double atEnd = correct ? correctLong : wrongLong;
    double progress = Math.min((double) tokens / max, 1);
    return atEnd + 0.5 * (atStart - atEnd) * (1 + Math.cos(Math.PI * progress));
  }
}
