package dev.sluice.models.directory;

/** What stands on top of the decoder. */
public enum Head {
  /** Logits over the vocabulary: {@code LlamaForCausalLM}. */
  LANGUAGE_MODEL("LlamaForCausalLM"),
  /** Two logits for each token: {@code LlamaForTokenClassification} with two labels. */
  STEP_CLASSIFICATION("LlamaForTokenClassification");

  /** Number of labels of {@link #STEP_CLASSIFICATION}: index 1 is "right". */
  public static final int LABELS = 2;

  private final String architecture;

  Head(String architecture) {
    this.architecture = architecture;
  }

  /** The name in {@code config.json} under {@code architectures}. */
  public String architecture() {
    return architecture;
  }
}
