package dev.sluice.methods.verification;

import dev.sluice.methods.reward.RewardTerm;
import dev.sluice.methods.reward.Score;
import dev.sluice.methods.reward.rule.TextReward;
import dev.sluice.methods.reward.rule.TextScore;
import dev.sluice.methods.text.Memo;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A reward by rule as a vote on stored or sampled solutions. */
@Kind(
    value = "reward",
    doc =
        "Votes by a reward by rule, such as `json`, `tool_calls`, `sql` or `code_tests`: all steps count as correct if the reward calls the solution correct, or with `least` if it is at least that; else all as wrong.")
@Method(
    name = "Reward by rule as a vote",
    paper = "ours",
    formula =
        "v_i = 1 for all i if the reward accepts the solution (with least: r >= least), else 0")
public record RewardCheck(
    @Key("The reward, with its keys.") RewardTerm reward,
    @Key("Least reward of a correct solution. Default: the reward's own verdict.")
        @Nullable Double least)
    implements ProgramCheck {
  private static final double ACCEPTED = 0.5;
  private static final Memo<Judged, TextScore> JUDGED = new Memo<>(16);

  @Override
  public Set<Need> needs() {
    Set<Need> needs = EnumSet.of(Need.STEPS);
    needs.addAll(reward.needs());
    return needs;
  }

  @Override
  public List<ConfigMistake> check(String key) {
    List<ConfigMistake> mistakes = new ArrayList<>(reward.check(key + ".reward"));
    if (!(reward instanceof TextReward)) {
      mistakes.add(
          new ConfigMistake(
              key + ".reward",
              "the reward '%s' depends on more than the text of a solution, so it cannot vote here; those that can are 'json', 'tool_calls', 'sql', 'code_tests' and 'rpr'"
                  .formatted(reward.name())));
    }
    return mistakes;
  }

  @Override
  public List<Boolean> verdicts(Problem problem, String text, List<String> steps) {
    return Collections.nCopies(steps.size(), accepts(judged(problem, text).score()));
  }

  @Override
  public String reason(Problem problem, String text, List<String> steps) {
    TextScore judged = judged(problem, text);
    String said =
        String.format(
            Locale.ROOT,
            "%s The reward '%s' is %.6g",
            judged.reason(),
            reward.name(),
            judged.score().reward());
    return least == null
        ? said + "."
        : said + String.format(Locale.ROOT, "; a correct solution has at least %.6g.", least);
  }

  private boolean accepts(Score score) {
    return least == null ? score.accepted() > ACCEPTED : score.reward() >= least;
  }

  /** Kept, so that a program is run once for its verdict and its reason. */
  private TextScore judged(Problem problem, String text) {
    return JUDGED.get(
        new Judged((TextReward) reward, problem, text),
        asked -> asked.reward().judge(asked.problem(), asked.text()));
  }

  private record Judged(TextReward reward, Problem problem, String text) {}
}
