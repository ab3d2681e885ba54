package dev.sluice.models.directory;

/** What stands on top of the decoder. */
public enum Head {
  /** Logits over the vocabulary: {@code LlamaForCausalLM} and the like. */
  LANGUAGE_MODEL("ForCausalLM"),
  /** One value for a text, read at its last token: a reward model, as TRL writes it. */
  SEQUENCE_CLASSIFICATION("ForSequenceClassification"),
  /** Two logits for each token: {@code LlamaForTokenClassification} with two labels. */
  STEP_CLASSIFICATION("ForTokenClassification");

  /** Number of labels of {@link #STEP_CLASSIFICATION}: index 1 is "right". */
  public static final int LABELS = 2;

  private final String suffix;

  Head(String suffix) {
    this.suffix = suffix;
  }

  /** The end of the architecture's name; the family's name stands before it. */
  public String suffix() {
    return suffix;
  }

  /** Number of labels of a head that classifies; 0 for a language model. */
  public int labels() {
    return switch (this) {
      case LANGUAGE_MODEL -> 0;
      case SEQUENCE_CLASSIFICATION -> 1;
      case STEP_CLASSIFICATION -> LABELS;
    };
  }
}
