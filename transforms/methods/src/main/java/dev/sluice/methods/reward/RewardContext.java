package dev.sluice.methods.reward;

import dev.sluice.models.Embedder;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.StepClassifier;
import dev.sluice.models.TokenCertainty;
import dev.sluice.models.TokenSpans;
import java.util.List;

/** What a reward term finds while it scores. */
public interface RewardContext {

  /**
   * Whether the term is asked about a response: one that fails the format gate of the term gets 0,
   * without a call to a model.
   */
  boolean asks(Response response);

  /** A model by the name that the term's key gives it. */
  LanguageModel model(String name);

  /** A step-classification model by the name that the term's key gives it. */
  StepClassifier classifier(String name);

  /** A sentence encoder by the name that the term's key gives it. */
  Embedder embedder(String name);

  /** Where each token of a response stands in its text. */
  TokenSpans tokens(Response response);

  /** The text that the policy was asked with when it wrote a response. */
  String prompt(Response response);

  /**
   * How certain the policy that wrote responses was at each of their tokens, in the distribution
   * that rollouts are drawn from; in order. Each response is scored once more for it.
   */
  List<TokenCertainty> certainty(List<Response> responses);

  /** The run's seed. */
  long seed();

  /** Type of the stage that asks, which sets its random numbers apart. */
  String stage();

  /** The round, from 1; 0 before any update. */
  int round();

  /** How votes on steps are read. */
  StepScoreRules rules();

  /**
   * Counts a program of a response that did not end well, in the metric {@code ended/WORD}.
   *
   * @param how a word such as {@code time}
   */
  default void ended(String how) {}
}
