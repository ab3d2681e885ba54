package dev.sluice.methods.reward.rule;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.GroupReward;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.RewardContext;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;

/** A penalty on text that repeats itself, to be added to another reward. */
@Kind(
    value = "repetition",
    doc =
        "Penalty from 0 down to -1: minus the share of n-grams that repeat an earlier one. To be added to another reward; `weight` scales it. With `gate: false` it also penalises responses that fail the format gate.")
@Method(
    name = "N-gram repetition penalty",
    paper = "Demystifying Long Chain-of-Thought Reasoning, arXiv 2502.03373, appendix C.2",
    formula = "r = distinct n-grams / n-grams - 1; 0 for fewer than n items",
    papers = "2502.03373",
    departs =
        "The paper penalises the tokens of repeated n-grams one by one. This is the penalty of the whole response, as in TRL and Open R1.")
public record RepetitionReward(
    @Key(value = "Length of the n-grams.", byDefault = "3", min = 1, max = 100) int n,
    @Key(
            value =
                "What n-grams consist of: `tokens` of the policy (as in TRL), or `words` in lower case between blanks (as in Open R1).",
            byDefault = "tokens")
        Unit unit)
    implements GroupReward {

  /** What n-grams consist of. */
  public enum Unit {
    TOKENS,
    WORDS
  }

  @Override
  public boolean signed() {
    return true;
  }

  @Override
  public double reward(Response response, Group group, RewardContext context) {
    NGrams grams =
        unit == Unit.TOKENS
            ? NGrams.of(response.completion().tokens(), n)
            : NGrams.ofWords(NGrams.lower(response.text()), n);
    // No -0.0 in a row where nothing repeats.
    return grams.repeats() == 0 ? 0 : -grams.repeats();
  }
}
