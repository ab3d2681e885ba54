package dev.sluice.export.trainers;

/** Sentences about columns that several formats have. */
final class Docs {
  static final String QUESTION = "The problem's question.";
  static final String CONVERSATION = "The problem's conversation.";
  static final String ANSWER = "The reference answer.";
  static final String ANSWER_IF_ANY = "The reference answer; empty if none is exported.";

  private Docs() {}
}
