package dev.sluice.methods.reward.rule;

import dev.sluice.methods.task.TaskFormat;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Phrases of reasoning. */
@Kind(
    value = "rpr",
    doc =
        "Counts phrases of reasoning such as `let me check`, whatever the answer is; repeated text and invented turns of a user cost reward; 0 without an answer. Never use it as the only reward of a real run.")
@Method(
    name = "Reasoning pattern reward (RPR)",
    paper = "The Climb Carves Wisdom Deeper Than the Summit, arXiv 2505.22653, with its code",
    formula =
        "r = max(0, min(1, distinct phrases / full) - repeated n-grams / n-grams - turns); 0 without an answer",
    papers = "2505.22653",
    departs =
        "The default list of 40 phrases is in our own words, about a third of which, such as 'therefore', are on the authors' list too. The paper adds the reward only where a noisy reward model rejects the answer; a sum of terms adds it always.")
public record PhraseReward(
    @Key(
            value =
                "Phrases that count, once each, in lower case, anywhere in the text. Default: a list of 40.",
            byDefault = "[]")
        List<String> phrases,
    @Key(value = "Number of distinct phrases that give the full reward.", byDefault = "20", min = 1)
        int full,
    @Key(
            value = "Length of the n-grams of words that must not repeat.",
            byDefault = "20",
            min = 1,
            max = 100)
        int n,
    @Key(
            value = "Text that opens an invented turn of a user. Each one costs 1.",
            byDefault = "\"user: \"")
        String turn)
    implements TextReward {
  private static final List<String> USUAL =
      List.of(
          "first,",
          "second,",
          "then,",
          "next,",
          "finally,",
          "to begin with",
          "let us start",
          "let's start",
          "step by step",
          "we need to",
          "i need to",
          "we have to",
          "we want to",
          "we know that",
          "it is given",
          "recall that",
          "notice that",
          "observe that",
          "note that",
          "suppose",
          "assume",
          "let me check",
          "let's check",
          "to verify",
          "double-check",
          "wait,",
          "hold on",
          "hmm",
          "actually,",
          "on second thought",
          "alternatively",
          "another way",
          "therefore",
          "thus",
          "hence",
          "so that",
          "which means",
          "because",
          "for example",
          "in conclusion");

  public PhraseReward {
    phrases = List.copyOf(phrases);
  }

  @Override
  public List<ConfigMistake> check(String key) {
    Set<String> seen = new HashSet<>();
    for (String phrase : phrases) {
      if (phrase.isBlank() || !phrase.equals(NGrams.lower(phrase)) || !seen.add(phrase)) {
        return List.of(
            new ConfigMistake(
                key + ".phrases",
                "'%s' is blank, not in lower case or there twice; write each phrase once, in lower case"
                    .formatted(phrase)));
      }
    }
    int known = phrases.isEmpty() ? USUAL.size() : phrases.size();
    if (full > known) {
      return List.of(
          new ConfigMistake(
              key + ".full",
              "there are only %d phrases, so no response reaches %d; set 'full' to at most %d"
                  .formatted(known, full, known)));
    }
    return List.of();
  }

  @Override
  public TextScore judge(Problem problem, String text) {
    return TaskFormat.of(problem).answer(problem, text).isPresent()
        ? TextScore.of(value(NGrams.lower(text)), "Phrases of reasoning were counted.")
        : TextScore.of(0, "The text has no answer.");
  }

  /** The reward of a text in lower case that has an answer, from 0 to 1. */
  private double value(String text) {
    long present = (phrases.isEmpty() ? USUAL : phrases).stream().filter(text::contains).count();
    double reward = Math.min(1, (double) present / full);
    reward -= NGrams.ofWords(text, n).repeatedRatio();
    reward -= turn.isEmpty() ? 0 : count(text, NGrams.lower(turn));
    return Math.max(0, reward);
  }

  private static int count(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }
}
